package io.sparkdistill.evaluation;

import org.apache.commons.math3.special.Beta;
import org.apache.commons.math3.special.Gamma;

/**
 * The paired test of two models by the rows where one is right and the other one is not: McNemar,
 * "Note on the sampling error of the difference between correlated proportions or percentages"
 * (1947), with Edwards's correction for continuity (1948); exact while such rows are few, by the
 * binomial distribution.
 *
 * @param test how {@code pValue} was found
 * @param statistic chi-square with the correction, 0 or more
 * @param pValue of both sides, 0 to 1
 */
record McNemar(PairedTest test, double statistic, double pValue) {
  private static final long MOST_EXACT = 10_000;
  private static final double HALF = 0.5;

  /**
   * Tests.
   *
   * @param one rows where only the one is right
   * @param other rows where only the other one is
   */
  static McNemar of(long one, long other) {
    long rows = one + other;
    double distance = Math.max(0, Math.abs(one - other) - 1);
    double statistic = rows == 0 ? 0 : distance * distance / rows;
    if (rows > MOST_EXACT) {
      return of(PairedTest.CHI_SQUARE, statistic, Gamma.regularizedGammaQ(HALF, statistic / 2));
    }
    // The lower tail itself: less of a whole would round it to 0 where it is small.
    long fewer = Math.min(one, other);
    double tail = rows == 0 ? 1 : Beta.regularizedBeta(HALF, (double) (rows - fewer), fewer + 1.0);
    return of(PairedTest.EXACT, statistic, Math.min(1, 2 * tail));
  }

  private static McNemar of(PairedTest test, double statistic, double pValue) {
    return new McNemar(test, ModelMetrics.rounded(statistic), ModelMetrics.rounded(pValue));
  }
}
