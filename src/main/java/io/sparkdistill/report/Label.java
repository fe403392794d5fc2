package io.sparkdistill.report;

/**
 * Words in a chart.
 *
 * @param x pixels of their beginning
 * @param y pixels of their line
 * @param text any
 */
record Label(String x, String y, String text) {
  private static final int MOST = 52;

  static Label at(double x, double y, String text) {
    String shown = text.codePointCount(0, text.length()) <= MOST ? text : shortened(text);
    return new Label(ChartNumbers.pixels(x), ChartNumbers.pixels(y), shown);
  }

  private static String shortened(String text) {
    return text.substring(0, text.offsetByCodePoints(0, MOST - 1)) + "…";
  }
}
