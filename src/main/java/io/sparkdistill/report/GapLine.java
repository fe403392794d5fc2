package io.sparkdistill.report;

import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.text.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Errors of teacher, student and baseline along one line, the fewest on the left.
 *
 * @param summary for those who do not see it
 * @param from of the part that is closed, in percent of the width
 * @param closed length of that part, in percent of the width
 * @param points on the line
 */
record GapLine(String summary, String from, String closed, List<Point> points) {
  GapLine {
    points = List.copyOf(points);
  }

  /**
   * A model on the line.
   *
   * @param kind of mark
   * @param name of the model
   * @param errors that it makes
   * @param at percent of the width
   * @param anchor of the words: start, middle or end
   * @param nameLine pixels of the line of its name
   * @param errorsLine pixels of the line of its errors
   */
  record Point(
      String kind,
      String name,
      String errors,
      String at,
      String anchor,
      String nameLine,
      String errorsLine) {}

  /** Nothing unless the baseline is so much worse than the teacher that one sees them apart. */
  static Optional<GapLine> of(Metrics metrics) {
    List<String> names =
        Stream.of(Metrics.TEACHER, Metrics.STUDENT, Metrics.BASELINE)
            .filter(metrics.models()::containsKey)
            .toList();
    double least = names.stream().mapToLong(name -> errors(metrics, name)).min().orElse(0);
    double most = names.stream().mapToLong(name -> errors(metrics, name)).max().orElse(0);
    if (names.size() < 3
        || errors(metrics, Metrics.BASELINE) - errors(metrics, Metrics.TEACHER)
            <= (most - least) / 3) {
      return Optional.empty();
    }
    List<Point> points = new ArrayList<>();
    for (String name : names) {
      points.add(point(name, errors(metrics, name), least, most));
    }
    double student = share((double) errors(metrics, Metrics.STUDENT), least, most);
    double baseline = share((double) errors(metrics, Metrics.BASELINE), least, most);
    String summary =
        names.stream()
            .sorted(Comparator.comparingLong(name -> errors(metrics, name)))
            .map(name -> name + " " + Numbers.count(errors(metrics, name)))
            .reduce("Errors, the fewest first", (text, part) -> text + ", " + part);
    return Optional.of(
        new GapLine(
            summary + ".",
            percent(Math.min(student, baseline)),
            percent(Math.max(0, baseline - student)),
            points));
  }

  private static long errors(Metrics metrics, String name) {
    return metrics.models().get(name).errors();
  }

  private static double share(double errors, double least, double most) {
    return 2 + 96 * (errors - least) / (most - least);
  }

  /** The student's words are below the line, where those of the others cannot meet them. */
  private static Point point(String name, long errors, double least, double most) {
    double at = share((double) errors, least, most);
    boolean below = name.equals(Metrics.STUDENT);
    return new Point(
        Kinds.of(name),
        name,
        Numbers.count(errors),
        percent(at),
        at < 20 ? "start" : at > 80 ? "end" : "middle",
        below ? "78" : "14",
        below ? "95" : "31");
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f%%", share);
  }
}
