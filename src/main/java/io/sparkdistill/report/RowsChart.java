package io.sparkdistill.report;

import io.sparkdistill.text.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** Named rows, each with points along one axis, and perhaps how sure these are. */
final class RowsChart {
  private static final int TICKS = 5;
  private static final double RADIUS = 4.5;
  private static final int LABEL_LINE = 14;
  private static final int FIRST_LANE = 27;
  private static final int LANE = 11;
  private static final int BELOW = 12;

  private final String id;
  private final String title;
  private final String unit;
  private final List<String> names = new ArrayList<>();
  private final List<List<Point>> rows = new ArrayList<>();
  private final OptionalDouble beginning;

  /**
   * A chart without rows.
   *
   * @param id among all charts of a page
   * @param title what it shows
   * @param unit of the axis
   */
  RowsChart(String id, String title, String unit) {
    this(id, title, unit, OptionalDouble.empty());
  }

  private RowsChart(String id, String title, String unit, OptionalDouble beginning) {
    this.id = id;
    this.title = title;
    this.unit = unit;
    this.beginning = beginning;
  }

  /** A chart whose axis begins at 0, where lengths are compared and not places. */
  static RowsChart fromZero(String id, String title, String unit) {
    return new RowsChart(id, title, unit, OptionalDouble.of(0));
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
    return values.map(
        span -> draw(new Span(Math.min(span.low(), beginning.orElse(span.low())), span.high())));
  }

  private Chart draw(Span values) {
    Frame frame = Frame.ofRows(rows.size(), rowHeight());
    Scale x =
        LogScale.fits(values)
            ? new LogScale(values, frame.x())
            : LinearScale.round(values, frame.x(), TICKS);
    List<Mark> marks = new ArrayList<>();
    List<Label> labels = new ArrayList<>();
    Map<String, Chart.Key> legend = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      double top = frame.top() + (double) i * rowHeight();
      labels.add(Label.at(frame.left(), top + LABEL_LINE, names.get(i)));
      for (int lane = 0; lane < lanes(); lane++) {
        double y = top + FIRST_LANE + (double) lane * LANE;
        marks.add(Mark.rule("row", frame.left(), y, frame.right(), y));
      }
      for (int k = 0; k < rows.get(i).size(); k++) {
        Point point = rows.get(i).get(k);
        double y = top + FIRST_LANE + (double) (k % lanes()) * LANE;
        point.interval().ifPresent(span -> marks.add(whisker(point, span, x, y)));
        String hint = point.name() + ": " + Numbers.decimal(point.value());
        marks.add(Mark.dot(point.kind(), x.at(point.value()), y, RADIUS, hint));
        legend.putIfAbsent(point.kind(), Chart.Key.dot(point.kind(), point.name()));
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
        numbers());
  }

  private static Mark whisker(Point point, Span span, Scale x, double y) {
    return Mark.rule("whisker " + point.kind(), x.at(span.low()), y, x.at(span.high()), y);
  }

  /** Points with intervals would hide one another. */
  private int lanes() {
    return rows.stream()
        .filter(row -> row.stream().anyMatch(point -> point.interval().isPresent()))
        .mapToInt(List::size)
        .max()
        .orElse(1);
  }

  private int rowHeight() {
    return FIRST_LANE + (lanes() - 1) * LANE + BELOW;
  }

  private Table numbers() {
    List<Table.Row> all = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      for (Point point : rows.get(i)) {
        String interval =
            point
                .interval()
                .map(span -> Numbers.decimal(span.low()) + "–" + Numbers.decimal(span.high()))
                .orElse("–");
        all.add(
            Table.Row.of(
                names.get(i), List.of(point.name(), Numbers.decimal(point.value()), interval)));
      }
    }
    return new Table(
        "numbers", title + ", " + unit, List.of("row", "point", "value", "95% interval"), all);
  }
}
