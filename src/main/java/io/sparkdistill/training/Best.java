package io.sparkdistill.training;

import io.sparkdistill.config.ValidationConfig;

/**
 * The best student so far, by its loss on rows that are held out.
 *
 * @param parameters its; empty before the first comparison
 * @param loss its, in nats; infinite before the first comparison
 * @param epochsSince comparisons that found no better one
 */
@SuppressWarnings("ArrayRecordComponent") // Megabytes: no copies, and none is ever changed.
record Best(float[] parameters, double loss, int epochsSince) {
  static Best none() {
    return new Best(new float[0], Double.POSITIVE_INFINITY, 0);
  }

  Best or(float[] others, double othersLoss, ValidationConfig config) {
    // What is no number is worse than any: no loss would be smaller than it.
    double known = Double.isNaN(othersLoss) ? Double.POSITIVE_INFINITY : othersLoss;
    return known < loss - config.minDelta() || parameters.length == 0
        ? new Best(others, known, 0)
        : new Best(parameters, loss, epochsSince + 1);
  }

  boolean ends(ValidationConfig config) {
    return config.patience() > 0 && epochsSince >= config.patience();
  }
}
