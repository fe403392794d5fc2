package io.sparkdistill.release;

import java.util.Locale;

/**
 * An interval that holds a share's true value in 95 of 100 cases: Wilson, "Probable inference, the
 * law of succession, and statistical inference" (1927), also where the share is near 0 or 1.
 *
 * @param from 0 to 1
 * @param to 0 to 1
 */
record Wilson(double from, double to) {
  /** The quantile of the normal distribution at 0.975. */
  private static final double Z = 1.959963984540054;

  /** Of the accuracy of a model that makes so many errors on so many rows, at least 1. */
  static Wilson of(long errors, long rows) {
    double share = 1 - (double) errors / rows;
    double z2 = Z * Z / rows;
    double middle = (share + z2 / 2) / (1 + z2);
    double half = Z / (1 + z2) * Math.sqrt(share * (1 - share) / rows + z2 / (4 * rows));
    return new Wilson(Math.max(0, middle - half), Math.min(1, middle + half));
  }

  String text() {
    return String.format(Locale.ROOT, "%.2f to %.2f %%", 100 * from, 100 * to);
  }
}
