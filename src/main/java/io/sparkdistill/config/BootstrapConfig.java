package io.sparkdistill.config;

/**
 * How intervals are found.
 *
 * @param samples times that the test rows are drawn again; 0 for no intervals
 * @param seed of the draws
 */
public record BootstrapConfig(int samples, long seed) {
  /**
   * No intervals.
   *
   * @return nothing is drawn
   */
  public static BootstrapConfig none() {
    return new BootstrapConfig(0, 1);
  }
}
