package io.sparkdistill.pipeline.students;

import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.pipeline.run.JobGroups;
import io.sparkdistill.pipeline.run.RunContext;
import io.sparkdistill.softtargets.SoftTarget;
import io.sparkdistill.student.OutputBiases;
import io.sparkdistill.student.StudentNetworks;
import io.sparkdistill.student.StudentZip;
import io.sparkdistill.training.frequency.FrequencyMatching;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;

/** What is done to a student that was trained: classes get the biases that their labels ask for. */
final class BiasStep {
  private final RunContext context;
  private final String name;
  private final TrainingConfig training;

  BiasStep(RunContext context, String name, TrainingConfig training) {
    this.context = context;
    this.name = name;
    this.training = training;
  }

  /**
   * A student that is to be published.
   *
   * @param trained as it was trained
   * @param zip all of it, with its biases moved
   * @param shifts by class, what was added to its bias, in logits
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed over, not shared.
  record Moved(Trained trained, byte[] zip, SortedMap<Integer, Double> shifts) {
    /** For the manifest. */
    Map<String, String> facts() {
      Map<String, String> facts = new TreeMap<>(trained.facts());
      shifts.forEach((c, shift) -> facts.put("bias." + c, Double.toString(shift)));
      return facts;
    }

    /** For people; empty where nothing was moved. */
    String text() {
      return shifts.entrySet().stream()
          .map(
              shift ->
                  String.format(
                      Locale.ROOT, ", bias of %d %+.2f", shift.getKey(), shift.getValue()))
          .collect(Collectors.joining());
    }
  }

  /** Refuses, before it is trained, a student whose biases cannot be moved. */
  void require(StudentNetworks networks, Supplier<JavaRDD<SoftTarget>> rows) {
    if (training.transferSet().matchFrequencies().isEmpty()) {
      return;
    }
    OutputBiases.require(networks.published(training));
    if (context.config().dataset().hasUnlabelled()
        && rows.get().filter(SoftTarget::isLabelled).isEmpty()) {
      throw FrequencyMatching.noLabels();
    }
  }

  /** Moves what the configuration names, by what all of these rows say that have a label. */
  Moved moved(Trained trained, StudentNetworks networks, Supplier<JavaRDD<SoftTarget>> rows) {
    List<Integer> classes = training.transferSet().matchFrequencies();
    float[] parameters = trained.student().parameters();
    byte[] zip = zip(networks, parameters);
    if (classes.isEmpty()) {
      return new Moved(trained, zip, new TreeMap<>());
    }
    FrequencyMatching matching =
        new FrequencyMatching(classes, context.config().evaluation().batchSize());
    SortedMap<Integer, Double> shifts =
        JobGroups.named(
            context.spark().sparkContext(),
            name,
            "match class frequencies of " + name,
            () -> matching.shifts(rows.get().filter(SoftTarget::isLabelled), zip));
    float[] moved = OutputBiases.moved(networks.published(training), parameters, shifts);
    return new Moved(trained, zip(networks, moved), shifts);
  }

  private byte[] zip(StudentNetworks networks, float[] parameters) {
    return StudentZip.write(networks.published(training), parameters);
  }
}
