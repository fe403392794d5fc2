package io.sparkdistill.math;

/**
 * Distributions over C classes that are given as logits. All methods subtract the largest logit
 * first, so that finite logits of any size give finite results. Stateless and thread-safe.
 */
public final class Distributions {
  /** Probabilities that were rounded for people add up to 1 but for this. */
  public static final double ROUNDING = 0.01;

  private Distributions() {}

  /**
   * log softmax(z / T).
   *
   * @param logits C finite logits
   * @param temperature T, greater than 0
   * @return C log-probabilities, none above 0
   */
  public static double[] logSoftmax(float[] logits, double temperature) {
    if (!(temperature > 0)) {
      throw new IllegalArgumentException("Temperature must be greater than 0: " + temperature);
    }
    double max = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    double sum = 0;
    double[] result = new double[logits.length];
    for (int i = 0; i < logits.length; i++) {
      result[i] = (logits[i] - max) / temperature;
      sum += Math.exp(result[i]);
    }
    double logSum = Math.log(sum);
    for (int i = 0; i < result.length; i++) {
      result[i] -= logSum;
    }
    return result;
  }

  /**
   * log Σ exp(x).
   *
   * @param values at least one that is finite; others may be −∞
   * @return a finite number
   */
  public static double logSum(double[] values) {
    double max = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      max = Math.max(max, value);
    }
    double sum = 0;
    for (double value : values) {
      sum += Math.exp(value - max);
    }
    return max + Math.log(sum);
  }

  /**
   * KL(p ‖ q) in nats of two distributions given by their log-probabilities.
   *
   * @param logP C log-probabilities of the reference distribution
   * @param logQ C log-probabilities of the other one
   * @return the divergence, 0 or more up to rounding
   */
  public static double kl(double[] logP, double[] logQ) {
    double sum = 0;
    for (int i = 0; i < logP.length; i++) {
      sum += Math.exp(logP[i]) * (logP[i] - logQ[i]);
    }
    return sum;
  }

  /**
   * The class with the largest value; the first of them where several are equal.
   *
   * @param values at least one value
   * @return its index
   */
  public static int argMax(float[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }
}
