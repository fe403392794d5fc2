package io.sparkdistill.pipeline.students;

import io.sparkdistill.config.ClassWeightsConfig;
import io.sparkdistill.config.DatasetConfig;
import io.sparkdistill.config.ObjectiveConfig;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.softtargets.SoftTarget;
import io.sparkdistill.training.rows.LabelCounts;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;

/**
 * What a student learns from: rows that can teach it, and an objective that knows how many labels
 * there are of each class. Who asks no teacher learns nothing from a row without a label.
 *
 * @param rows in no promised order
 * @param objective whose classes have weights
 * @param counts of all rows, where somebody wants to know
 */
public record LearnedRows(
    JavaRDD<SoftTarget> rows, ObjectiveConfig objective, Optional<LabelCounts> counts) {
  /**
   * Chooses; counts labels in a Spark job where the data set or the objective asks for it.
   *
   * @param all the training rows
   * @param counter counts the labels of the training rows
   * @throws BadInputException if no row has a label, and labels are all there is to learn
   */
  public static LearnedRows of(
      JavaRDD<SoftTarget> all,
      ObjectiveConfig objective,
      DatasetConfig dataset,
      Supplier<LabelCounts> counter) {
    boolean balances = objective.classWeights() instanceof ClassWeightsConfig.Balanced;
    Optional<LabelCounts> counts =
        balances || dataset.hasUnlabelled() ? Optional.of(counter.get()) : Optional.empty();
    LearnedRows learned =
        new LearnedRows(
            dataset.hasUnlabelled() && !objective.asksTeacher()
                ? all.filter(SoftTarget::isLabelled)
                : all,
            balances ? objective.with(balanced(counts.orElseThrow())) : objective,
            counts);
    if (!objective.asksTeacher()) {
      learned.requireLabels("on labels", "let a teacher teach with objective.softWeight above 0");
    }
    return learned;
  }

  /**
   * Refuses rows none of which has a label.
   *
   * @param what cannot be trained, such as {@code on labels}
   * @param remedy beside labelling some, such as {@code set …}
   */
  void requireLabels(String what, String remedy) {
    if (counts.filter(found -> found.labelled() == 0).isPresent()) {
      throw new BadInputException(
          "Cannot train "
              + what
              + ", no row has a label: "
              + counts.get().rows()
              + " rows. Label some, or "
              + remedy
              + ".");
    }
  }

  private static ClassWeightsConfig balanced(LabelCounts counts) {
    return new ClassWeightsConfig.Given(counts.balanced());
  }

  /** What is to be said about rows without a label; nothing where all have one. */
  Optional<String> note() {
    return counts
        .filter(found -> found.unlabelled() > 0)
        .map(
            found ->
                String.format(
                    Locale.ROOT,
                    "%,d of %,d rows have no label; %s",
                    found.unlabelled(),
                    found.rows(),
                    objective.asksTeacher()
                        ? "they teach by the teacher's answer alone"
                        : "it learns from the others"));
  }

  /** What is worth knowing of them, for a manifest. */
  Map<String, String> facts() {
    return counts
        .map(found -> Map.of("unlabelledRows", Long.toString(found.unlabelled())))
        .orElseGet(Map::of);
  }
}
