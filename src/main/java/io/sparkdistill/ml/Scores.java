package io.sparkdistill.ml;

import io.sparkdistill.math.Distributions;

/**
 * What a student says of a row.
 *
 * @param logits C numbers before the softmax
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on, not kept.
record Scores(float[] logits) {
  /** The most probable class; the first of equal ones. */
  int prediction() {
    return Distributions.argMax(logits);
  }

  /** C probabilities, at temperature 1. */
  double[] probabilities() {
    double[] values = Distributions.logSoftmax(logits, 1);
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.exp(values[i]);
    }
    return values;
  }

  /** The logits in double precision. */
  double[] raw() {
    double[] values = new double[logits.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = logits[i];
    }
    return values;
  }
}
