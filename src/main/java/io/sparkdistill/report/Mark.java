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
    String r = Numbers.pixels(radius);
    String d = Numbers.pixels(2 * radius);
    String arc = "a" + r + " " + r + " 0 1 0 ";
    String path =
        "M"
            + Numbers.pixels(x - radius)
            + " "
            + Numbers.pixels(y)
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
            + Numbers.pixels(x1)
            + " "
            + Numbers.pixels(y1)
            + "L"
            + Numbers.pixels(x2)
            + " "
            + Numbers.pixels(y2));
  }

  static Mark bar(String kind, double x, double y, double width, double height, String hint) {
    String path =
        "M"
            + Numbers.pixels(x)
            + " "
            + Numbers.pixels(y)
            + "h"
            + Numbers.pixels(width)
            + "v"
            + Numbers.pixels(height)
            + "h"
            + Numbers.pixels(-width)
            + "z";
    return new Mark("bar " + kind, path, hint);
  }
}
