package io.sparkdistill.report;

import java.util.DoubleSummaryStatistics;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * From a number to another.
 *
 * @param low finite
 * @param high finite; at pixels it may be the lower one
 */
record Span(double low, double high) {
  /** What a picture can show: beyond it, differences are no numbers any more. */
  private static final double MOST = 1e300;

  /** From the least finite value to the greatest. */
  static Optional<Span> of(DoubleStream values) {
    DoubleSummaryStatistics all =
        values
            .filter(Double::isFinite)
            .map(value -> Math.max(-MOST, Math.min(MOST, value)))
            .summaryStatistics();
    return all.getCount() == 0
        ? Optional.empty()
        : Optional.of(new Span(all.getMin(), all.getMax()));
  }

  /** The same, with room on both sides where it is a single number. */
  Span widened() {
    if (high > low && low + (high - low) / 8 > low) {
      return this;
    }
    double room = low == 0 ? 1 : Math.abs(low) / 2;
    return new Span(low - room, high + room);
  }

  double length() {
    return high - low;
  }
}
