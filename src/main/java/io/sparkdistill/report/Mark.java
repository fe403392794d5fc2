package io.sparkdistill.report;

/**
 * A shape in a chart.
 *
 * @param kind what it stands for; a class of the style sheet
 * @param path of SVG
 * @param hint what a pointer on it shows; empty for nothing
 */
record Mark(String kind, String path, String hint) {
  Mark(String kind, String path) {
    this(kind, path, "");
  }

  static Mark dot(String kind, double x, double y, double radius, String hint) {
    String r = ChartNumbers.pixels(radius);
    String d = ChartNumbers.pixels(2 * radius);
    String arc = "a" + r + " " + r + " 0 1 0 ";
    String path =
        "M"
            + ChartNumbers.pixels(x - radius)
            + " "
            + ChartNumbers.pixels(y)
            + arc
            + d
            + " 0"
            + arc
            + "-"
            + d
            + " 0";
    return new Mark("dot " + kind, path, hint);
  }

  static Mark rule(String kind, double x1, double y1, double x2, double y2) {
    return new Mark(
        kind,
        "M"
            + ChartNumbers.pixels(x1)
            + " "
            + ChartNumbers.pixels(y1)
            + "L"
            + ChartNumbers.pixels(x2)
            + " "
            + ChartNumbers.pixels(y2));
  }

  static Mark bar(String kind, double x, double y, double width, double height, String hint) {
    String path =
        "M"
            + ChartNumbers.pixels(x)
            + " "
            + ChartNumbers.pixels(y)
            + "h"
            + ChartNumbers.pixels(width)
            + "v"
            + ChartNumbers.pixels(height)
            + "h"
            + ChartNumbers.pixels(-width)
            + "z";
    return new Mark("bar " + kind, path, hint);
  }
}
