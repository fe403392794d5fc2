package io.sparkdistill.pipeline.students;

import io.sparkdistill.config.ObjectiveConfig;
import io.sparkdistill.config.Spelling;
import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.pipeline.labelling.Targets;
import java.util.Map;
import java.util.TreeMap;

/** Everything that decides a training, for manifests. Stateless. */
public final class TrainingInputs {
  private TrainingInputs() {}

  /**
   * What decides the training of one student.
   *
   * @param source of the network
   * @param training as it is configured
   * @param objective that is learned
   * @param targets that are learned from
   * @param softTargets their versions
   * @return inputs for a manifest
   */
  public static Map<String, String> of(
      StudentSource source,
      TrainingConfig training,
      ObjectiveConfig objective,
      Targets targets,
      Targets.Versions softTargets) {
    Map<String, String> inputs = new TreeMap<>(ofLessons(objective, targets, softTargets));
    inputs.putAll(ofTraining(source, training));
    return inputs;
  }

  /** What it learns, and from which rows. */
  static Map<String, String> ofLessons(
      ObjectiveConfig objective, Targets targets, Targets.Versions softTargets) {
    Map<String, String> inputs = new TreeMap<>();
    inputs.putAll(
        objective.asksTeacher()
            ? targets.inputs(softTargets)
            : targets.inputsOfLabels(softTargets));
    inputs.putAll(objective.inputs());
    return inputs;
  }

  /** Who learns, and how. */
  static Map<String, String> ofTraining(StudentSource source, TrainingConfig training) {
    Map<String, String> inputs = new TreeMap<>(source.inputs());
    inputs.put("training.engine", Spelling.of(training.engine()));
    inputs.put("training.epochs", Integer.toString(training.epochs()));
    inputs.put("training.batchSize", Integer.toString(training.batchSize()));
    inputs.put("training.averageEvery", training.averageEvery().description());
    inputs.put(
        "training.workers",
        training.workers().isPresent() ? "" + training.workers().getAsInt() : "auto");
    inputs.put("training.seed", Long.toString(training.seed()));
    inputs.put("training.schedule", Spelling.of(training.schedule()));
    inputs.put("training.updater", training.updater().toString());
    inputs.putAll(training.rounds().differences());
    inputs.putAll(training.transferSet().choice());
    return inputs;
  }
}
