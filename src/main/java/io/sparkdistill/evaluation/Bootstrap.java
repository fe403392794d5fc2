package io.sparkdistill.evaluation;

import io.sparkdistill.config.BootstrapConfig;
import io.sparkdistill.math.SplitMix64;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The paired bootstrap over rows of which only the kind counts, such as which models are right:
 * rows drawn with replacement fall into the kinds as a multinomial distribution says, so that
 * counts are drawn and no row is kept (Efron and Tibshirani, "An Introduction to the Bootstrap",
 * 1993, sections 6.2 and 13.3). What it gives follows from the counts and the seed alone.
 * Immutable.
 */
final class Bootstrap {
  private static final double TAIL = 0.025;

  private final long[][] draws;

  private Bootstrap(long[][] draws) {
    this.draws = draws;
  }

  /**
   * Draws.
   *
   * @param counts rows of each kind
   */
  static Bootstrap of(long[] counts, BootstrapConfig config) {
    SplitMix64 random = new SplitMix64(config.seed());
    long[][] draws = new long[config.samples()][];
    for (int i = 0; i < draws.length; i++) {
      draws[i] = draw(counts, random);
    }
    return new Bootstrap(draws);
  }

  /** One kind after the other, of the rows that are left for it and those after it. */
  private static long[] draw(long[] counts, SplitMix64 random) {
    long kinds = Arrays.stream(counts).sum();
    long rows = kinds;
    long[] drawn = new long[counts.length];
    for (int i = 0; i < counts.length && rows > 0; i++) {
      drawn[i] = counts[i] == 0 ? 0 : Binomial.draw(rows, (double) counts[i] / kinds, random);
      kinds -= counts[i];
      rows -= drawn[i];
    }
    return drawn;
  }

  /**
   * Where a number lies in 95 % of the draws.
   *
   * @param statistic of the counts
   * @return empty if there are no draws, or the number is not finite in one of them
   */
  Optional<Interval> interval(ToDoubleFunction<long[]> statistic) {
    double[] values = Arrays.stream(draws).mapToDouble(statistic).sorted().toArray();
    if (values.length == 0 || !Arrays.stream(values).allMatch(Double::isFinite)) {
      return Optional.empty();
    }
    int tail = Math.max(1, (int) (TAIL * (values.length + 1)));
    return Optional.of(
        new Interval(
            ModelMetrics.rounded(values[tail - 1]),
            ModelMetrics.rounded(values[values.length - tail])));
  }
}
