package io.sparkdistill.report;

import io.sparkdistill.text.Numbers;
import io.sparkdistill.tuning.TuningReport;
import io.sparkdistill.tuning.TuningReport.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What trials were worth by the values of one key: a row for each value where there are few, else
 * points along an axis. Trials of the longest training are darker than others.
 */
final class TrialsChart {
  private static final int MOST_ROWS = 12;
  private static final int TICKS = 5;
  private static final double RADIUS = 4;

  private final String id;
  private final String key;
  private final TuningReport report;
  private final List<Entry> trials;
  private final int rungs;

  TrialsChart(String id, String key, TuningReport report) {
    this.id = id;
    this.key = key;
    this.report = report;
    this.trials =
        report.trials().stream()
            .filter(entry -> entry.values().containsKey(key) && entry.score().trained())
            .sorted(Comparator.comparingInt(Entry::rung))
            .toList();
    this.rungs = report.trials().stream().mapToInt(Entry::rung).max().orElse(0);
  }

  /** The chart; nothing where no trial that varies the key gave a student. */
  Optional<Chart> draw() {
    Map<String, List<Entry>> byValue =
        trials.stream()
            .collect(Collectors.groupingBy(this::value, LinkedHashMap::new, Collectors.toList()));
    boolean numbers = byValue.keySet().stream().allMatch(value -> number(value).isPresent());
    return numbers && byValue.size() > MOST_ROWS ? points() : rows(byValue);
  }

  private Optional<Chart> rows(Map<String, List<Entry>> byValue) {
    Comparator<String> order =
        Comparator.comparingDouble((String value) -> number(value).orElse(0.0))
            .thenComparing(Comparator.naturalOrder());
    String title =
        metric()
            + " by "
            + key
            + (byValue.size() > MOST_ROWS
                ? ", the best " + MOST_ROWS + " of " + byValue.size() + " values"
                : "");
    RowsChart chart = new RowsChart(id, title, unit());
    List<String> best =
        byValue.keySet().stream()
            .sorted(Comparator.comparingDouble(value -> best(byValue.get(value))))
            .limit(MOST_ROWS)
            .toList();
    for (String value : best.stream().sorted(order).toList()) {
      List<RowsChart.Point> points = new ArrayList<>();
      for (Entry entry : byValue.get(value)) {
        points.add(new RowsChart.Point(kind(entry), name(entry), score(entry), Optional.empty()));
      }
      chart.add(value, points);
    }
    return chart.draw();
  }

  private double best(List<Entry> entries) {
    return entries.stream().mapToDouble(this::score).min().orElse(Double.POSITIVE_INFINITY);
  }

  private Optional<Chart> points() {
    Optional<Span> xs = Span.of(trials.stream().mapToDouble(this::x));
    Optional<Span> ys = Span.of(trials.stream().mapToDouble(this::score));
    if (xs.isEmpty() || ys.isEmpty()) {
      return Optional.empty();
    }
    Frame frame = Frame.ofLines();
    Scale x = scale(xs.get(), frame.x());
    Scale y = scale(ys.get(), frame.y());
    List<Mark> marks = new ArrayList<>();
    TreeMap<String, Chart.Key> legend = new TreeMap<>();
    List<Table.Row> rows = new ArrayList<>();
    for (Entry entry : trials) {
      marks.add(
          Mark.dot(
              kind(entry), x.at(x(entry)), y.at(score(entry)), RADIUS, "trial " + entry.number()));
      legend.putIfAbsent(kind(entry), Chart.Key.dot(kind(entry), name(entry)));
      rows.add(
          Table.Row.of(
              "trial " + entry.number(), List.of(value(entry), Numbers.decimal(score(entry)))));
    }
    return Optional.of(
        new Chart(
            id,
            metric() + " by " + key,
            metric() + " of " + Numbers.count(trials.size()) + " trials by " + key + ".",
            List.copyOf(legend.values()),
            frame,
            key,
            unit(),
            x.ticks(),
            y.ticks(),
            marks,
            List.of(),
            new Table("numbers", "Trials by " + key, List.of("", key, unit()), rows)));
  }

  private static Scale scale(Span values, Span pixels) {
    return LogScale.fits(values)
        ? new LogScale(values, pixels)
        : LinearScale.round(values, pixels, TICKS);
  }

  private String kind(Entry entry) {
    return entry.rung() == rungs ? "student" : "other";
  }

  private String name(Entry entry) {
    return entry.rung() == rungs
        ? "trials of " + Numbers.count(entry.epochs()) + " epochs"
        : "trials that ended earlier";
  }

  private String value(Entry entry) {
    return entry.values().get(key);
  }

  private double x(Entry entry) {
    return number(value(entry)).orElse(Double.NaN);
  }

  private double score(Entry entry) {
    return entry.score().value(report.metric());
  }

  private String metric() {
    return switch (report.metric()) {
      case ERRORS -> "Errors";
      case NLL -> "NLL";
      case KL -> "KL to teacher";
    };
  }

  private String unit() {
    return switch (report.metric()) {
      case ERRORS -> "errors";
      case NLL, KL -> "nats";
    };
  }

  private static Optional<Double> number(String text) {
    try {
      double number = Double.parseDouble(text);
      return Double.isFinite(number) ? Optional.of(number) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
