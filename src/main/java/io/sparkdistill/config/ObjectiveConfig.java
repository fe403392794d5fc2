package io.sparkdistill.config;

/**
 * Hinton's objective.
 *
 * @param temperature T, by which logits are divided
 * @param softWeight share of the soft loss, 0 to 1
 */
public record ObjectiveConfig(double temperature, double softWeight) {
  /**
   * The objective of the baseline, which has no teacher.
   *
   * @return cross-entropy with the labels alone
   */
  public static ObjectiveConfig labelsAlone() {
    return new ObjectiveConfig(1, 0);
  }
}
