package io.sparkdistill.evaluation;

import io.sparkdistill.math.SplitMix64;
import org.apache.commons.math3.special.Gamma;

/**
 * Draws how often something happens in independent trials, by inversion from the mode outwards: a
 * draw takes about as many steps as the distribution's standard deviation. Gives the same numbers
 * on every processor. Stateless and thread-safe.
 */
final class Binomial {
  private Binomial() {}

  /**
   * One draw.
   *
   * @param trials 0 or more
   * @param probability of each, 0 to 1
   */
  static long draw(long trials, double probability, SplitMix64 random) {
    if (trials == 0 || probability <= 0) {
      return 0;
    }
    if (probability >= 1) {
      return trials;
    }
    double odds = probability / (1 - probability);
    long up = Math.min(trials, (long) ((trials + 1) * probability));
    long down = up;
    double above = StrictMath.exp(logMass(trials, up, probability));
    double below = above;
    double left = random.nextUnit() - above;
    long mode = up;
    while (left >= 0 && (above > 0 || below > 0)) {
      above *= odds * (trials - up) / (up + 1);
      up++;
      left -= above;
      if (left < 0) {
        return up;
      }
      below *= down / (odds * (trials - down + 1));
      down--;
      left -= below;
      if (left < 0) {
        return down;
      }
    }
    // Also where rounding left something of the sum of all.
    return mode;
  }

  private static double logMass(long trials, long successes, double probability) {
    return Gamma.logGamma(trials + 1.0)
        - Gamma.logGamma(successes + 1.0)
        - Gamma.logGamma(trials - successes + 1.0)
        + successes * StrictMath.log(probability)
        + (trials - successes) * StrictMath.log1p(-probability);
  }
}
