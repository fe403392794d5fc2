package io.sparkdistill.evaluation;

import io.sparkdistill.math.Distributions;

/**
 * What a model says of a row.
 *
 * @param logits C of them
 * @param logP their log-probabilities at temperature 1
 * @param predicted the class of the largest logit
 */
@SuppressWarnings("ArrayRecordComponent") // Lives as long as its row, and is never changed.
record Answer(float[] logits, double[] logP, int predicted) {
  static Answer of(float[] logits) {
    return new Answer(logits, Distributions.logSoftmax(logits, 1), Distributions.argMax(logits));
  }

  /** The probability of the most probable class. */
  double confidence() {
    return Math.exp(logP[predicted]);
  }

  /** Whether so many classes are enough to name the label; of equal ones the first count. */
  boolean hasAmongBest(int label, int count) {
    int before = 0;
    for (int i = 0; i < logits.length; i++) {
      if (logits[i] > logits[label] || (logits[i] == logits[label] && i < label)) {
        before++;
      }
    }
    return before < count;
  }

  /** Squared distance between the probabilities and the label, 0 to 2. */
  double brier(int label) {
    return brier(logP, label);
  }

  static double brier(double[] logP, int label) {
    double sum = 0;
    for (int i = 0; i < logP.length; i++) {
      double miss = (i == label ? 1 : 0) - Math.exp(logP[i]);
      sum += miss * miss;
    }
    return sum;
  }
}
