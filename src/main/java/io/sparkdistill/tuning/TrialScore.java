package io.sparkdistill.tuning;

import io.sparkdistill.config.TuningConfig.Metric;
import java.util.Comparator;

/**
 * What a trial's student is worth, on rows that it did not learn from.
 *
 * @param schemaVersion version of this format; this build writes and reads {@value #SCHEMA_VERSION}
 * @param rows that it was judged on, at least 1
 * @param errors rows whose most probable class is not the label; all of them if training diverged
 * @param nll mean negative log-likelihood of the labels, in nats; infinite if training diverged
 * @param kl mean KL(teacher ‖ student) at temperature 1, in nats; infinite if training diverged,
 *     and not a number where there is no teacher
 * @param parameters numbers that the student learned; 0 if training diverged
 */
public record TrialScore(
    int schemaVersion, long rows, long errors, double nll, double kl, long parameters) {
  /** The format that this build writes. */
  public static final int SCHEMA_VERSION = 1;

  /**
   * A score.
   *
   * @param rows that it was judged on, at least 1
   * @param errors rows whose most probable class is not the label
   * @param nll mean negative log-likelihood of the labels, in nats
   * @param kl mean KL(teacher ‖ student) at temperature 1, in nats
   * @param parameters numbers that the student learned
   */
  public TrialScore(long rows, long errors, double nll, double kl, long parameters) {
    this(SCHEMA_VERSION, rows, errors, nll, kl, parameters);
  }

  /**
   * The score of a training that gave no student.
   *
   * @param rows that it would have been judged on
   * @return worse than every other
   */
  public static TrialScore diverged(long rows) {
    return new TrialScore(rows, rows, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0);
  }

  /**
   * Whether there is a student.
   *
   * @return false if training diverged
   */
  public boolean trained() {
    return parameters > 0;
  }

  /**
   * One of its numbers.
   *
   * @param metric which
   * @return smaller is better
   */
  public double value(Metric metric) {
    return switch (metric) {
      case ERRORS -> errors;
      case NLL -> nll;
      case KL -> kl;
    };
  }

  /** The best first; of students with as many errors, the one that gave labels more probability. */
  static Comparator<TrialScore> by(Metric metric) {
    return Comparator.comparing((TrialScore score) -> !score.trained())
        .thenComparingDouble(score -> score.value(metric))
        .thenComparingDouble(TrialScore::nll);
  }
}
