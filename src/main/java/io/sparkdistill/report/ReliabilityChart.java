package io.sparkdistill.report;

import io.sparkdistill.evaluation.ReliabilityBin;
import io.sparkdistill.text.Numbers;
import java.util.ArrayList;
import java.util.List;

/**
 * How often a model is right where it says how sure it is: points on the diagonal are calibrated.
 * The reliability diagram of Guo, Pleiss, Sun and Weinberger, "On Calibration of Modern Neural
 * Networks" (2017), figure 1, with a Wilson score interval at 95 % for each point (Wilson,
 * "Probable inference, the law of succession, and statistical inference", 1927), because points of
 * few rows stray.
 */
final class ReliabilityChart {
  private static final double Z = 1.959964;
  private static final int TICKS = 5;
  private static final Span SHARES = new Span(0, 1);

  private ReliabilityChart() {}

  static Chart of(String model, double ece, List<ReliabilityBin> bins) {
    Frame frame = Frame.ofSquare();
    Scale x = LinearScale.round(SHARES, frame.x(), TICKS);
    Scale y = LinearScale.round(SHARES, frame.y(), TICKS);
    long rows = bins.stream().mapToLong(ReliabilityBin::rows).sum();
    String kind = Kinds.of(model);
    List<Mark> marks = new ArrayList<>();
    marks.add(Mark.rule("diagonal", x.at(0), y.at(0), x.at(1), y.at(1)));
    for (ReliabilityBin bin : bins) {
      if (Double.isFinite(bin.confidence()) && Double.isFinite(bin.accuracy()) && bin.rows() > 0) {
        double at = x.at(bin.confidence());
        Span interval = wilson(bin.accuracy(), bin.rows());
        marks.add(
            Mark.rule("whisker " + kind, at, y.at(interval.low()), at, y.at(interval.high())));
        double radius = 3 + 6 * Math.sqrt((double) bin.rows() / rows);
        marks.add(Mark.dot(kind, at, y.at(bin.accuracy()), radius, hint(bin)));
      }
    }
    String title = "Calibration of the " + model;
    return new Chart(
        "calibration-" + model,
        title,
        title + ": calibration error " + Numbers.decimal(ece) + " over " + bins.size() + " bins.",
        List.of(
            Chart.Key.dot(kind, model + ", ECE " + Numbers.decimal(ece)),
            Chart.Key.line("diagonal", "calibrated")),
        frame,
        "probability that it gives its class",
        "share that is right",
        x.ticks(),
        y.ticks(),
        marks,
        List.of(),
        numbers(title, bins));
  }

  private static Span wilson(double share, long rows) {
    double n = rows;
    double centre = (share + Z * Z / (2 * n)) / (1 + Z * Z / n);
    double half = Z / (1 + Z * Z / n) * Math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n));
    return new Span(centre - half, centre + half);
  }

  private static String hint(ReliabilityBin bin) {
    return Numbers.count(bin.rows())
        + " rows, on average "
        + Numbers.percent(bin.confidence())
        + " sure, "
        + Numbers.percent(bin.accuracy())
        + " right";
  }

  private static Table numbers(String title, List<ReliabilityBin> bins) {
    return new Table(
        "numbers",
        title,
        List.of("probability", "rows", "on average", "right"),
        bins.stream()
            .map(
                bin ->
                    Table.Row.of(
                        Numbers.wholePercent(bin.from()) + "–" + Numbers.wholePercent(bin.to()),
                        List.of(
                            Numbers.count(bin.rows()),
                            Numbers.percent(bin.confidence()),
                            Numbers.percent(bin.accuracy()))))
            .toList());
  }
}
