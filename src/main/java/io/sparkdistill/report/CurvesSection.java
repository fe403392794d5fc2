package io.sparkdistill.report;

import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How training went: every number that was written about its rounds, as a line. */
final class CurvesSection {
  /** More points than a chart has pixels to tell apart. */
  private static final int MOST_POINTS = 180;

  private CurvesSection() {}

  static Optional<Section> of(Map<String, Rounds> trainings) {
    List<Chart> charts = new ArrayList<>();
    IntSummaryStatistics together = new IntSummaryStatistics();
    for (Map.Entry<String, Rounds> training : trainings.entrySet()) {
      Rounds rounds = training.getValue().thinned(MOST_POINTS);
      together.accept(training.getValue().together(MOST_POINTS));
      for (Curve.Group group : Curve.Group.values()) {
        String id = training.getKey() + "-" + group.id();
        String title = group.title() + " of the " + training.getKey();
        new LineChart(id, title, group.unit())
            .of(rounds.column(Rounds.ROUND), Curve.lines(group, rounds))
            .ifPresent(charts::add);
      }
    }
    return charts.isEmpty()
        ? Optional.empty()
        : Optional.of(Section.of("curves", "How training went", lead(together)).withCharts(charts));
  }

  private static String lead(IntSummaryStatistics together) {
    return "The loss of each round and what it is made of. Losses of student and baseline are"
        + " different sums, so that their heights say nothing about each other."
        + (together.getMax() > 1
            ? " A point is the mean of "
                + (together.getMin() < together.getMax() ? "up to " : "")
                + together.getMax()
                + " rounds."
            : "");
  }
}
