package io.sparkdistill.report;

import java.util.Locale;

/** Numbers in pictures, the same in every locale. Stateless and thread-safe. */
final class ChartNumbers {
  private ChartNumbers() {}

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
