package io.sparkdistill.tuning;

import io.sparkdistill.config.TuningConfig.Metric;
import io.sparkdistill.failure.Secrets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The content of {@code trials.json}.
 *
 * @param schemaVersion version of this format; this build writes and reads {@value #SCHEMA_VERSION}
 * @param metric what was compared: ERRORS, NLL or KL
 * @param rows that all trials were judged on, and that none learned from
 * @param trials the best first
 */
public record TuningReport(int schemaVersion, Metric metric, long rows, List<Entry> trials) {
  /** The format that this build writes. */
  public static final int SCHEMA_VERSION = 1;

  /** Copies the list. */
  public TuningReport {
    trials = List.copyOf(trials);
  }

  /**
   * One trial.
   *
   * @param number from 1; the first one is the configuration as it stands
   * @param values that were put over it: keys without {@code distill.}, and HOCON without
   *     credentials
   * @param epochs of its last training
   * @param rung of its last training, from 0; a trial of a higher one was trained longer
   * @param score of that training's student
   */
  public record Entry(
      int number, SortedMap<String, String> values, int epochs, int rung, TrialScore score) {
    /** Masks the values. */
    public Entry {
      SortedMap<String, String> masked = new TreeMap<>();
      values.forEach((key, value) -> masked.put(key, Secrets.mask(value)));
      values = masked;
    }
  }

  /**
   * What became of a plan.
   *
   * @param plan what was tried
   * @param standings the best first
   * @return for a file
   */
  public static TuningReport of(TuningPlan plan, List<Standing> standings) {
    return new TuningReport(
        SCHEMA_VERSION,
        plan.config().tuning().metric(),
        standings.get(0).score().rows(),
        standings.stream().map(standing -> entry(plan, standing)).toList());
  }

  private static Entry entry(TuningPlan plan, Standing standing) {
    Trial trial = standing.trial();
    return new Entry(
        trial.number(),
        trial.values(),
        plan.config(trial, standing.rung()).training().epochs(),
        standing.rung(),
        standing.score());
  }

  /**
   * The best trial.
   *
   * @return the first
   */
  public Entry best() {
    return trials.get(0);
  }
}
