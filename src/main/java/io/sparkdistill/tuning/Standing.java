package io.sparkdistill.tuning;

import io.sparkdistill.config.TuningConfig.Metric;
import java.util.Comparator;

/**
 * How far a trial came, and how good it was there.
 *
 * @param trial which
 * @param rung the last one that it was trained for, from 0
 * @param score of the student of that rung
 */
public record Standing(Trial trial, int rung, TrialScore score) {
  /** The best first: who has a student, was trained longer, is better, has the lower number. */
  static Comparator<Standing> by(Metric metric) {
    return Comparator.comparing((Standing standing) -> !standing.score().trained())
        .thenComparing(Comparator.comparingInt(Standing::rung).reversed())
        .thenComparing(Standing::score, TrialScore.by(metric))
        .thenComparingInt(standing -> standing.trial().number());
  }
}
