package io.sparkdistill.objective;

/**
 * Distributions within long arrays of logits. The largest logit is subtracted first, so that finite
 * logits of any size give finite results. Stateless.
 */
final class Softmax {
  private Softmax() {}

  /** log Σ exp(z / T) of {@code count} numbers. */
  static double logSum(float[] values, int offset, int count, double temperature) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      max = Math.max(max, values[offset + i] / temperature);
    }
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += Math.exp(values[offset + i] / temperature - max);
    }
    return max + Math.log(sum);
  }

  /** The same without the number at {@code left}; minus infinity if there is no other. */
  static double logSumWithout(int left, float[] values, int offset, int count, double temperature) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      if (i != left) {
        max = Math.max(max, values[offset + i] / temperature);
      }
    }
    if (max == Double.NEGATIVE_INFINITY) {
      return max;
    }
    double sum = 0;
    for (int i = 0; i < count; i++) {
      if (i != left) {
        sum += Math.exp(values[offset + i] / temperature - max);
      }
    }
    return max + Math.log(sum);
  }

  static double mean(float[] values, int offset, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += values[offset + i];
    }
    return sum / count;
  }
}
