package io.sparkdistill.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as a reader wants them, the same in every locale. Stateless and thread-safe. */
final class Numbers {
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
  private static final double SMALLEST_P = 0.0001;

  private Numbers() {}

  /** Such as {@code 10,000}. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A share, such as {@code 97.48%}. */
  static String percent(double share) {
    return Double.isFinite(share) ? String.format(Locale.ROOT, "%.2f%%", 100 * share) : "–";
  }

  /** A share in whole percent, such as {@code 43%}. */
  static String wholePercent(double share) {
    return Double.isFinite(share) ? String.format(Locale.ROOT, "%.0f%%", 100 * share) : "–";
  }

  /** Four decimals, or as many as show two digits; with a power of ten where those are too many. */
  static String decimal(double value) {
    if (!Double.isFinite(value)) {
      return "–";
    }
    double size = Math.abs(value);
    if (size == 0 || (size >= 0.001 && size < 1e9)) {
      return String.format(Locale.ROOT, "%,.4f", value);
    }
    return size >= 1e-6 && size < 1
        ? new BigDecimal(value).round(new MathContext(2)).toPlainString()
        : String.format(Locale.ROOT, "%.2e", value);
  }

  /** Two decimals. */
  static String rounded(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.2f", value) : "–";
  }

  /** In three digits, such as {@code 999 kB}; a kB is 1000 bytes. */
  static String bytes(long number) {
    double size = number;
    int unit = 0;
    // Before a unit in which it would be rounded up to 1000.
    while (size >= 999.5) {
      size /= 1000;
      unit++;
    }
    String format = unit == 0 || size >= 99.95 ? "%.0f %s" : size >= 9.995 ? "%.1f %s" : "%.2f %s";
    return String.format(Locale.ROOT, format, size, UNITS[unit]);
  }

  /** A time in microseconds, in three digits. */
  static String micros(double time) {
    String format = time >= 99.95 ? "%,.0f µs" : time >= 9.995 ? "%.1f µs" : "%.2f µs";
    return Double.isFinite(time) ? String.format(Locale.ROOT, format, time) : "–";
  }

  /**
   * The probability that a test found, such as {@code p = 0.0310} or {@code p < 0.0001}; not to be
   * broken.
   */
  static String p(double probability) {
    return probability < SMALLEST_P
        ? "p\u00a0<\u00a00.0001"
        : String.format(Locale.ROOT, "p\u00a0=\u00a0%.4f", probability);
  }

  /** A place in a picture, to a tenth of a pixel. */
  static String pixels(double place) {
    String text = String.format(Locale.ROOT, "%.1f", place);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /** At a tick, with so many decimals. */
  static String tick(double value, int decimals) {
    if (value != 0 && (Math.abs(value) >= 1e6 || decimals > 4)) {
      return String.format(Locale.ROOT, "%.2e", value)
          .replaceFirst("\\.?0+e", "e")
          .replaceFirst("e\\+?(-?)0?", "e$1");
    }
    return String.format(Locale.ROOT, "%,." + Math.min(decimals, 4) + "f", value);
  }
}
