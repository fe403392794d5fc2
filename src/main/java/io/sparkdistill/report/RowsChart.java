package io.sparkdistill.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Named rows, each with points along one axis, and perhaps how sure these are. */
final class RowsChart {
  private static final int TICKS = 5;
  private static final double RADIUS = 4.5;

  private final String id;
  private final String title;
  private final String unit;
  private final List<String> names = new ArrayList<>();
  private final List<List<Point>> rows = new ArrayList<>();

  /**
   * A chart without rows.
   *
   * @param id among all charts of a page
   * @param title what it shows
   * @param unit of the axis
   */
  RowsChart(String id, String title, String unit) {
    this.id = id;
    this.title = title;
    this.unit = unit;
  }

  /**
   * A point of a row.
   *
   * @param kind of mark
   * @param name for people
   * @param value where it is
   * @param interval in which the value would be elsewhere
   */
  record Point(String kind, String name, double value, Optional<Span> interval) {
    private DoubleStream values() {
      return DoubleStream.concat(
          DoubleStream.of(value),
          interval.stream().flatMapToDouble(span -> DoubleStream.of(span.low(), span.high())));
    }
  }

  /** One more row below the others; points that are not finite are left out. */
  void add(String name, List<Point> points) {
    names.add(name);
    rows.add(points.stream().filter(point -> point.values().allMatch(Double::isFinite)).toList());
  }

  /** The chart; nothing where there are no points. */
  Optional<Chart> draw() {
    Optional<Span> values =
        Span.of(rows.stream().flatMap(List::stream).flatMapToDouble(Point::values));
    return values.map(this::draw);
  }

  private Chart draw(Span values) {
    Frame frame = Frame.ofRows(rows.size());
    Scale x =
        LogScale.fits(values)
            ? new LogScale(values, frame.x())
            : new LinearScale(values, frame.x(), TICKS);
    List<Mark> marks = new ArrayList<>();
    List<Label> labels = new ArrayList<>();
    Map<String, Chart.Key> legend = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      double y = frame.row(i);
      marks.add(Mark.rule("row", frame.left(), y, frame.right(), y));
      labels.add(Label.at(frame.left(), frame.rowLabel(i), names.get(i)));
      for (Point point : rows.get(i)) {
        point
            .interval()
            .ifPresent(
                span ->
                    marks.add(
                        Mark.rule(
                            "whisker " + point.kind(), x.at(span.low()), y, x.at(span.high()), y)));
        String hint = point.name() + ": " + Numbers.decimal(point.value());
        marks.add(Mark.dot(point.kind(), x.at(point.value()), y, RADIUS, hint));
        legend.putIfAbsent(point.kind(), new Chart.Key(point.kind(), point.name()));
      }
    }
    return new Chart(
        id,
        title,
        title + ": " + Numbers.count(rows.size()) + " rows; the table below has the numbers.",
        List.copyOf(legend.values()),
        frame,
        unit,
        "",
        x.ticks(),
        List.of(),
        marks,
        labels,
        numbers(List.copyOf(legend.values())));
  }

  private Table numbers(List<Chart.Key> columns) {
    List<String> head = new ArrayList<>(List.of(""));
    columns.forEach(column -> head.add(column.meaning()));
    return new Table(
        "numbers",
        title + ", " + unit,
        head,
        IntStream.range(0, rows.size())
            .mapToObj(i -> Table.Row.of(names.get(i), cells(rows.get(i), columns)))
            .toList());
  }

  private static List<String> cells(List<Point> points, List<Chart.Key> columns) {
    return columns.stream()
        .map(
            column ->
                points.stream()
                    .filter(point -> point.kind().equals(column.kind()))
                    .map(point -> Numbers.decimal(point.value()))
                    .findFirst()
                    .orElse("–"))
        .toList();
  }
}
