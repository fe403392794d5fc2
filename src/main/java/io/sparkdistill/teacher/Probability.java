package io.sparkdistill.teacher;

/**
 * Makes logits of probabilities, by their logarithms. What is below {@link #LEAST} counts as that,
 * so that a probability of 0 has a logarithm: −87.3, which is 0 again in single precision beside
 * any other at temperature 1.
 */
final class Probability {
  /** The least normal number of single precision, 2^-126. */
  private static final float LEAST = Float.MIN_NORMAL;

  private Probability() {}

  static float log(float probability) {
    return (float) StrictMath.log(Math.max(probability, LEAST));
  }
}
