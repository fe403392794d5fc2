package io.sparkdistill.training;

/**
 * What a round's loss is compared with.
 *
 * @param first mean loss of the first round; NaN before it
 * @param lowest of all rounds; NaN before the first
 */
record Losses(double first, double lowest) {
  static Losses none() {
    return new Losses(Double.NaN, Double.NaN);
  }

  Losses and(double loss) {
    return Double.isNaN(first) ? new Losses(loss, loss) : new Losses(first, Math.min(lowest, loss));
  }

  /** Whether a loss is so much above the lowest that training has left its way; 0 for never. */
  boolean exploded(double loss, double times) {
    return times > 0 && loss > first && loss > times * lowest;
  }
}
