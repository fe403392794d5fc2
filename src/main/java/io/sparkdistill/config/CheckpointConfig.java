package io.sparkdistill.config;

/**
 * How a training keeps its place.
 *
 * @param everyRounds rounds between two checkpoints; 0 for any number
 * @param everyMinutes time between two checkpoints; 0 for any
 * @param keep how many are kept while training goes on, the newest ones
 * @param otherConfiguration what to do with one of another configuration
 */
public record CheckpointConfig(
    int everyRounds, double everyMinutes, int keep, OtherConfiguration otherConfiguration) {
  /**
   * Keeps nothing, unless the process is asked to stop.
   *
   * @return for trainings that are short
   */
  public static CheckpointConfig none() {
    return new CheckpointConfig(0, 0, 1, OtherConfiguration.REFUSE);
  }

  /** What to do with a checkpoint that this configuration cannot go on from. */
  public enum OtherConfiguration {
    /** Say what differs, and change nothing. */
    REFUSE,
    /** Remove it, and begin anew. */
    DISCARD
  }
}
