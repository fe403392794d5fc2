package io.sparkdistill.pipeline.students;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.HeadConfig;
import io.sparkdistill.config.ObjectiveConfig;
import io.sparkdistill.pipeline.labelling.Answers;
import io.sparkdistill.pipeline.labelling.Targets;
import io.sparkdistill.softtargets.SoftTarget;
import io.sparkdistill.student.NetworkHead;
import io.sparkdistill.training.rows.LabelCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;

/**
 * What one head of a student learns.
 *
 * @param head as it is configured
 * @param objective that it minimises
 * @param columns of its classes among those of all heads
 * @param answers of its teachers
 */
public record HeadTask(
    HeadConfig head, ObjectiveConfig objective, NetworkHead columns, Answers answers) {
  /**
   * All heads, side by side in their order.
   *
   * @param answers of each, in the same order
   * @param objective what each of them minimises
   */
  public static List<HeadTask> of(
      List<HeadConfig> heads,
      List<Answers> answers,
      Function<ObjectiveConfig, ObjectiveConfig> objective) {
    List<HeadTask> tasks = new ArrayList<>();
    int first = 0;
    for (HeadConfig head : heads) {
      DistillConfig config = head.config();
      int classes = config.dataset().classes();
      tasks.add(
          new HeadTask(
              head,
              objective.apply(config.objective()),
              new NetworkHead(first, classes),
              answers.get(tasks.size())));
      first += classes;
    }
    return List.copyOf(tasks);
  }

  String name() {
    return head.name();
  }

  Targets targets() {
    return answers.training();
  }

  /** Which columns of the whole are the head's, for people and manifests. */
  String columnsText() {
    return columns.first() + " to " + (columns.first() + columns.classes() - 1);
  }

  /** What decides the head's part of the student. */
  Map<String, String> inputs(Targets.Versions versions) {
    Map<String, String> inputs = new TreeMap<>();
    TrainingInputs.ofLessons(objective, targets(), versions)
        .forEach((key, value) -> inputs.put(key(key), value));
    inputs.put(key("weight"), Double.toString(head.weight()));
    inputs.put(key("columns"), columnsText());
    return inputs;
  }

  /** The rows that teach it. */
  LearnedRows rows(Targets.Versions versions) {
    JavaRDD<SoftTarget> rows =
        objective.asksTeacher() ? targets().rows(versions) : targets().labels(versions);
    return LearnedRows.of(
        rows,
        objective,
        head.config().dataset(),
        () -> LabelCounts.of(targets().labels(versions), columns.classes()));
  }

  /** The name of something of this head among those of all heads. */
  String key(String name) {
    return "heads." + head.name() + "." + name;
  }
}
