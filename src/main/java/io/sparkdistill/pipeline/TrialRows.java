package io.sparkdistill.pipeline;

import io.sparkdistill.config.RoundsConfig;
import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.softtargets.SoftTarget;
import io.sparkdistill.training.HeldOut;
import io.sparkdistill.training.TeacherChoice;
import io.sparkdistill.training.TrainingData;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
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
  private final TeacherChoice answers;
  private final Map<Layout, TrainingData> dealt = new HashMap<>();

  /** What of a configuration decides how rows lie with workers. */
  private record Layout(
      int workers,
      RoundsConfig.Shuffle shuffle,
      RoundsConfig.Cache cache,
      double validation,
      TeacherChoice choice) {}

  private TrialRows(
      JavaRDD<SoftTarget> heldOut, JavaRDD<SoftTarget> others, long count, TeacherChoice answers) {
    this.heldOut = heldOut;
    this.others = others;
    this.count = count;
    this.answers = answers;
  }

  /**
   * Splits the training rows.
   *
   * @param answers whose there are in a row, where a student hears one of them at a time
   * @throws BadInputException if no row is held out, or all are
   */
  static TrialRows of(JavaRDD<SoftTarget> rows, double fraction, TeacherChoice answers) {
    HeldOut judged = HeldOut.forTuning(fraction);
    JavaRDD<SoftTarget> heldOut =
        rows.filter(judged::holds).map(answers::mean).persist(StorageLevel.MEMORY_AND_DISK());
    JavaRDD<SoftTarget> others = rows.filter(row -> !judged.holds(row));
    long count = heldOut.count();
    if (count == 0 || others.isEmpty()) {
      heldOut.unpersist();
      throw new BadInputException(
          String.format(
              Locale.ROOT,
              "Cannot compare trials, of all training rows are held out: %s. Change"
                  + " tuning.fraction, which is %s.",
              count == 0 ? "none" : "all",
              fraction));
    }
    return new TrialRows(heldOut, others, count, answers);
  }

  JavaRDD<SoftTarget> heldOut() {
    return heldOut;
  }

  /** Rows that are held out. */
  long count() {
    return count;
  }

  synchronized TrainingData dealt(TrainingConfig training, int workers, TeacherChoice choice) {
    RoundsConfig rounds = training.rounds();
    return dealt.computeIfAbsent(
        new Layout(
            workers, rounds.shuffle(), rounds.cache(), rounds.validation().fraction(), choice),
        layout -> TrainingData.of(heard(choice), workers, rounds, choice));
  }

  /** A student that does not choose, because it asks no teacher, wants one answer in a row. */
  private JavaRDD<SoftTarget> heard(TeacherChoice choice) {
    return choice.equals(TeacherChoice.none()) ? others.map(answers::mean) : others;
  }

  @Override
  public synchronized void close() {
    dealt.values().forEach(TrainingData::close);
    heldOut.unpersist();
  }
}
