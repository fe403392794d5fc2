package io.sparkdistill.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** Numbers as a reader wants them, the same in every locale. Stateless and thread-safe. */
public final class Numbers {
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
  private static final double SMALLEST_P = 0.0001;

  private Numbers() {}

  /**
   * A count.
   *
   * @param number any
   * @return such as {@code 10,000}
   */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /**
   * A share.
   *
   * @param share such as 0.9748
   * @return such as {@code 97.48%}; a dash if it is not finite
   */
  public static String percent(double share) {
    return Double.isFinite(share) ? String.format(Locale.ROOT, "%.2f%%", 100 * share) : "–";
  }

  /**
   * A share in whole percent.
   *
   * @param share such as 0.43
   * @return such as {@code 43%}; a dash if it is not finite
   */
  public static String wholePercent(double share) {
    return Double.isFinite(share) ? String.format(Locale.ROOT, "%.0f%%", 100 * share) : "–";
  }

  /**
   * A number of any size.
   *
   * @param value any
   * @return four decimals, or as many as show two digits, with a power of ten where those are too
   *     many; a dash if it is not finite
   */
  public static String decimal(double value) {
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

  /**
   * A number that needs no more.
   *
   * @param value any
   * @return two decimals; a dash if it is not finite
   */
  public static String rounded(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.2f", value) : "–";
  }

  /**
   * A size.
   *
   * @param number of bytes
   * @return in three digits, such as {@code 999 kB}; a kB is 1000 bytes
   */
  public static String bytes(long number) {
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

  /**
   * A time.
   *
   * @param time in microseconds
   * @return in three digits; a dash if it is not finite
   */
  public static String micros(double time) {
    String format = time >= 99.95 ? "%,.0f µs" : time >= 9.995 ? "%.1f µs" : "%.2f µs";
    return Double.isFinite(time) ? String.format(Locale.ROOT, format, time) : "–";
  }

  /**
   * The probability that a test found.
   *
   * @param probability from 0 to 1
   * @return such as {@code p = 0.0310} or {@code p < 0.0001}, not to be broken
   */
  public static String p(double probability) {
    return probability < SMALLEST_P
        ? "p\u00a0<\u00a00.0001"
        : String.format(Locale.ROOT, "p\u00a0=\u00a0%.4f", probability);
  }

  /**
   * What lies between two numbers.
   *
   * @param low the lesser
   * @param high the greater
   * @param text writes one of them
   * @return both
   */
  public static String range(double low, double high, DoubleFunction<String> text) {
    return text.apply(low) + "–" + text.apply(high);
  }
}
