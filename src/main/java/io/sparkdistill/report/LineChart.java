package io.sparkdistill.report;

import io.sparkdistill.text.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Lines over rounds of training. */
final class LineChart {
  private static final int TICKS = 5;
  private static final int MOST_NUMBERS = 40;

  private final String id;
  private final String title;
  private final String unit;

  /**
   * Draws nothing yet.
   *
   * @param id among all charts of a page
   * @param title what it shows
   * @param unit of the vertical axis
   */
  LineChart(String id, String title, String unit) {
    this.id = id;
    this.title = title;
    this.unit = unit;
  }

  /** The chart; nothing where no line has a finite value. */
  Optional<Chart> of(List<Double> rounds, List<Line> lines) {
    List<Line> shown =
        lines.stream().filter(line -> line.values().stream().anyMatch(Double::isFinite)).toList();
    Optional<Span> values =
        Span.of(shown.stream().flatMap(line -> line.values().stream()).mapToDouble(v -> v));
    Optional<Span> places = Span.of(rounds.stream().mapToDouble(round -> round));
    if (values.isEmpty() || places.isEmpty()) {
      return Optional.empty();
    }
    Frame frame = Frame.ofLines();
    Scale x = LinearScale.tight(places.get(), frame.x(), TICKS);
    boolean ratios = LogScale.fits(values.get());
    Scale y =
        ratios
            ? new LogScale(values.get(), frame.y())
            : LinearScale.round(values.get(), frame.y(), TICKS);
    return Optional.of(
        new Chart(
            id,
            title,
            summary(shown),
            shown.stream().map(line -> Chart.Key.line(line.kind(), line.name())).toList(),
            frame,
            "round",
            ratios ? unit + ", logarithmic" : unit,
            x.ticks(),
            y.ticks(),
            shown.stream()
                .map(line -> new Mark("line " + line.kind(), line.path(rounds, x, y)))
                .toList(),
            List.of(),
            numbers(rounds, shown)));
  }

  private String summary(List<Line> lines) {
    List<String> parts = new ArrayList<>();
    for (Line line : lines) {
      double[] finite =
          line.values().stream().mapToDouble(v -> v).filter(Double::isFinite).toArray();
      parts.add(
          line.name()
              + " goes from "
              + Numbers.decimal(finite[0])
              + " to "
              + Numbers.decimal(finite[finite.length - 1]));
    }
    return title + " by round: " + String.join("; ", parts) + ".";
  }

  private Table numbers(List<Double> rounds, List<Line> lines) {
    List<String> head = new ArrayList<>(List.of("round"));
    lines.forEach(line -> head.add(line.name()));
    int every = 1 + (rounds.size() - 1) / MOST_NUMBERS;
    List<Table.Row> rows =
        IntStream.range(0, rounds.size())
            .filter(i -> i % every == 0 || i == rounds.size() - 1)
            .mapToObj(
                i ->
                    Table.Row.of(
                        Numbers.count(Math.round(rounds.get(i))),
                        lines.stream().map(line -> Numbers.decimal(line.values().get(i))).toList()))
            .toList();
    return new Table("numbers", title + ", in " + unit, head, rows);
  }
}
