package io.sparkdistill.config;

/**
 * Rows that are held out to find the best student.
 *
 * @param fraction of the training rows, 0 for none
 * @param patience epochs without improvement after which training ends, 0 to go on to the last
 * @param minDelta by how much a lower loss is an improvement, in nats
 */
public record ValidationConfig(double fraction, int patience, double minDelta) {
  /**
   * No validation.
   *
   * @return the default
   */
  public static ValidationConfig none() {
    return new ValidationConfig(0, 0, 0);
  }
}
