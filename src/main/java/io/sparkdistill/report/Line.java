package io.sparkdistill.report;

import java.util.List;

/**
 * Numbers along an axis.
 *
 * @param kind of mark
 * @param name for people
 * @param values one for each place; what is not finite is a gap
 */
record Line(String kind, String name, List<Double> values) {
  Line {
    values = List.copyOf(values);
  }

  /** The path through all values that are finite; one without neighbours is a short stroke. */
  String path(List<Double> places, Scale x, Scale y) {
    StringBuilder path = new StringBuilder();
    boolean pen = false;
    for (int i = 0; i < values.size(); i++) {
      if (!Double.isFinite(values.get(i))) {
        pen = false;
        continue;
      }
      path.append(pen ? 'L' : 'M')
          .append(ChartNumbers.pixels(x.at(places.get(i))))
          .append(' ')
          .append(ChartNumbers.pixels(y.at(values.get(i))));
      if (!pen && (i + 1 == values.size() || !Double.isFinite(values.get(i + 1)))) {
        path.append("h0.1");
      }
      pen = true;
    }
    return path.toString();
  }
}
