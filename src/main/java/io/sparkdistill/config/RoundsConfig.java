package io.sparkdistill.config;

import java.util.Map;
import java.util.TreeMap;

/**
 * What only the engine {@link TrainingConfig.Engine#ROUNDS} can do.
 *
 * @param outer the step after each round
 */
public record RoundsConfig(OuterConfig outer) {
  /**
   * Averaging and nothing else.
   *
   * @return the defaults
   */
  public static RoundsConfig classic() {
    return new RoundsConfig(OuterConfig.Preset.AVERAGE.step());
  }

  /**
   * What makes the student another one than {@link #classic} would. Without it there is nothing, so
   * that students stay up to date that were trained before these keys were there.
   *
   * @return values by key
   */
  public Map<String, String> differences() {
    RoundsConfig classic = classic();
    Map<String, String> differences = new TreeMap<>();
    if (!outer.equals(classic.outer)) {
      differences.put("training.outer", outer.toString());
    }
    return differences;
  }
}
