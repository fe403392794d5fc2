package io.sparkdistill.pipeline.trials;

import io.sparkdistill.config.DatasetConfig;
import io.sparkdistill.config.ObjectiveConfig;
import io.sparkdistill.config.RoundsConfig;
import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.objective.Features;
import io.sparkdistill.pipeline.students.LearnedRows;
import io.sparkdistill.pipeline.students.RowTensors;
import io.sparkdistill.softtargets.HeldOut;
import io.sparkdistill.softtargets.SoftTarget;
import io.sparkdistill.student.StudentNetworks;
import io.sparkdistill.training.rows.LabelCounts;
import io.sparkdistill.training.rows.TeacherChoice;
import io.sparkdistill.training.rows.TrainingData;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;

/**
 * The rows of all trials: those that students are judged by, and the others as students learn from
 * them. Trials that want them dealt in the same way share them. Kept until closed; thread-safe.
 */
final class TrialRows implements AutoCloseable {
  private final JavaRDD<SoftTarget> heldOut;
  private final JavaRDD<SoftTarget> others;
  private final long count;
  private final DatasetConfig dataset;
  private final RowTensors tensors;
  private final Map<Layout, TrainingData> dealt = new HashMap<>();
  private Optional<LabelCounts> labels = Optional.empty();

  /** What of a configuration decides how rows lie with workers. */
  private record Layout(
      int workers,
      RoundsConfig.Shuffle shuffle,
      RoundsConfig.Cache cache,
      double validation,
      List<Double> teachers,
      boolean labelledAlone,
      Features features) {}

  private TrialRows(
      JavaRDD<SoftTarget> heldOut,
      JavaRDD<SoftTarget> others,
      long count,
      DatasetConfig dataset,
      RowTensors tensors) {
    this.heldOut = heldOut;
    this.others = others;
    this.count = count;
    this.dataset = dataset;
    this.tensors = tensors;
  }

  /**
   * Splits the training rows.
   *
   * @param choice among the answers of several teachers; rows that are held out have the mean
   * @param dataset whose rows they are; without a label none judges
   * @param tensors that the rows carry
   * @throws BadInputException if no row is held out, or all are
   */
  static TrialRows of(
      JavaRDD<SoftTarget> rows,
      double fraction,
      TeacherChoice choice,
      DatasetConfig dataset,
      RowTensors tensors) {
    HeldOut judged = HeldOut.forTuning(fraction);
    JavaRDD<SoftTarget> heldOut =
        rows.filter(judged::holds)
            .filter(SoftTarget::isLabelled)
            .map(choice::mean)
            .map(SoftTarget::withoutTensors)
            .persist(StorageLevel.MEMORY_AND_DISK());
    JavaRDD<SoftTarget> others = rows.filter(row -> !judged.holds(row));
    try {
      TrialRows split = new TrialRows(heldOut, others, heldOut.count(), dataset, tensors);
      split.require(fraction, () -> rows.filter(judged::holds).isEmpty());
      return split;
    } catch (Throwable e) { // Spark throws what its Java interface does not declare.
      heldOut.unpersist();
      throw e;
    }
  }

  private void require(double fraction, BooleanSupplier noneIsHeldOut) {
    boolean none = count == 0 && noneIsHeldOut.getAsBoolean();
    if (none || others.isEmpty()) {
      throw new BadInputException(
          String.format(
              Locale.ROOT,
              "Cannot compare trials, of all training rows are held out: %s. Change"
                  + " tuning.fraction, which is %s.",
              none ? "none" : "all",
              fraction));
    }
    if (count == 0) {
      throw new BadInputException(
          "Cannot compare trials, of the rows that are held out by tuning.fraction none has a"
              + " label: "
              + fraction
              + ". Label some of the training rows.");
    }
  }

  JavaRDD<SoftTarget> heldOut() {
    return heldOut;
  }

  /** Rows that are held out. */
  long count() {
    return count;
  }

  /** What a trial learns from. */
  LearnedRows learned(ObjectiveConfig objective) {
    return LearnedRows.of(others, objective, dataset, this::labels);
  }

  private synchronized LabelCounts labels() {
    if (labels.isEmpty()) {
      labels = Optional.of(LabelCounts.of(others, dataset.classes()));
    }
    return labels.get();
  }

  synchronized TrainingData dealt(
      LearnedRows learned,
      StudentNetworks networks,
      TrainingConfig training,
      int workers,
      TeacherChoice choice) {
    RoundsConfig rounds = training.rounds();
    Features features = tensors.features(networks, learned.objective());
    return dealt
        .computeIfAbsent(
            new Layout(
                workers,
                rounds.shuffle(),
                rounds.cache(),
                rounds.validation().fraction(),
                choice.weights(),
                dataset.hasUnlabelled() && !learned.objective().asksTeacher(),
                features.ofRows()),
            layout -> TrainingData.of(learned.rows(), workers, rounds, choice, layout.features()))
        .comparing(features, choice);
  }

  @Override
  public synchronized void close() {
    dealt.values().forEach(TrainingData::close);
    heldOut.unpersist();
  }
}
