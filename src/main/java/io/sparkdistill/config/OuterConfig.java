package io.sparkdistill.config;

/**
 * What is done with the mean of the workers' parameters after a round: a step from the parameters
 * that the round began with, along their distance to that mean.
 *
 * @param learningRate share of the distance; 1 goes to the mean
 * @param momentum share of the step before that is added to the distance, 0 to below 1
 * @param nesterov whether the step looks ahead by the momentum
 */
public record OuterConfig(double learningRate, double momentum, boolean nesterov) {
  /** Values that were published together. */
  public enum Preset {
    /** The mean itself: McDonald, Hall and Mann (2010), iterative parameter mixing. */
    AVERAGE,
    /**
     * Wang and others, "SlowMo" (2020), algorithm 1: a slow learning rate of 1, and the momentum
     * that its authors' implementation in fairscale has by default.
     */
    SLOWMO,
    /** Douillard and others, "DiLoCo" (2023), algorithm 1 and section 3.1. */
    DILOCO;

    /**
     * Them.
     *
     * @return what holds where nothing else is given
     */
    public OuterConfig step() {
      return switch (this) {
        case AVERAGE -> new OuterConfig(1, 0, false);
        case SLOWMO -> new OuterConfig(1, 0.5, false);
        case DILOCO -> new OuterConfig(0.7, 0.9, true);
      };
    }
  }

  /**
   * Whether a round ends in the mean of its workers, exactly.
   *
   * @return true for classic averaging
   */
  public boolean averages() {
    return learningRate == 1 && momentum == 0;
  }
}
