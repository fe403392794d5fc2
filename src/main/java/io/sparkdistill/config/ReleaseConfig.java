package io.sparkdistill.config;

import java.util.Optional;

/**
 * Where students are published for others, and which ones.
 *
 * @param publishTo a folder, a Hadoop URI or a relative local path; none where nothing is released
 * @param when which students
 * @param metric by which a student is better than another
 * @param margin by how much more than this, in the metric's unit
 * @param significance the largest p-value at which a difference counts, above 0; 1 for any
 * @param licence of the student, for its model card; none where it is not stated
 * @param intendedUse of the student, likewise
 */
public record ReleaseConfig(
    Optional<String> publishTo,
    When when,
    Metric metric,
    double margin,
    double significance,
    Optional<String> licence,
    Optional<String> intendedUse) {
  /** Which students are published. */
  public enum When {
    /** Each. */
    ALWAYS("always"),
    /** One that is better than what is published. */
    BETTER_THAN_INCUMBENT("betterThanIncumbent"),
    /** None. */
    NEVER("never");

    private final String word;

    When(String word) {
      this.word = word;
    }

    @Override
    public String toString() {
      return word;
    }
  }

  /** What students are compared by, on the test rows; called as in {@code metrics.json}. */
  public enum Metric {
    /** Rows whose most probable class is not the label. */
    ERRORS("errors"),
    /** Share of the other rows; more is better. */
    ACCURACY("accuracy"),
    /** Mean negative log-likelihood of the labels, in nats. */
    NLL("nll"),
    /** Expected calibration error, 0 to 1. */
    ECE("ece"),
    /** Mean divergence from the teacher at temperature 1, in nats. */
    KL_TO_TEACHER("klToTeacher");

    private final String word;

    Metric(String word) {
      this.word = word;
    }

    @Override
    public String toString() {
      return word;
    }
  }
}
