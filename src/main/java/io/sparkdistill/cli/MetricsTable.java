package io.sparkdistill.cli;

import io.sparkdistill.evaluation.Comparison;
import io.sparkdistill.evaluation.Interval;
import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.evaluation.ModelMetrics;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Metrics as a small table for people. */
final class MetricsTable {
  private static final int LEAST_WIDTH = 10;

  private MetricsTable() {}

  static String render(Metrics metrics) {
    StringBuilder text = new StringBuilder();
    int width =
        Stream.concat(
                metrics.models().keySet().stream(),
                metrics.teachers().keySet().stream().map(MetricsTable::part))
            .mapToInt(String::length)
            .reduce(LEAST_WIDTH, Math::max);
    text.append(
        String.format(
            Locale.ROOT,
            "%n%-" + width + "s %8s %10s %8s %8s %12s %12s%n",
            "",
            "errors",
            "accuracy",
            "nll",
            "ece",
            "parameters",
            "bytes"));
    metrics.models().forEach((name, model) -> text.append(row(name, width, model)));
    metrics.teachers().forEach((name, model) -> text.append(row(part(name), width, model)));
    text.append(String.format(Locale.ROOT, "on %,d test rows", metrics.testRows()));
    metrics
        .closedGap()
        .ifPresent(
            gap ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "; the student closes %.2f of the gap between baseline and teacher",
                        gap)));
    text.append(String.format("%n"));
    metrics.comparisons().stream()
        .filter(comparison -> !comparison.other().equals(Metrics.TEACHER))
        .forEach(comparison -> text.append(line(comparison)));
    return text.append(String.format("%n")).toString();
  }

  private static String line(Comparison comparison) {
    return String.format(
        Locale.ROOT,
        "%s against %s: %+.2f points of accuracy%s; McNemar's p = %.2g%n",
        comparison.model(),
        comparison.other(),
        100 * comparison.accuracyDifference(),
        Optional.ofNullable(comparison.accuracyDifferenceInterval())
            .map(MetricsTable::interval)
            .orElse(""),
        comparison.pValue());
  }

  private static String interval(Interval interval) {
    return String.format(
        Locale.ROOT,
        ", 95 %% interval %+.2f to %+.2f",
        100 * interval.low(),
        100 * interval.high());
  }

  /** One of several teachers. */
  private static String part(String teacher) {
    return "- " + teacher;
  }

  private static String row(String name, int width, ModelMetrics model) {
    return String.format(
        Locale.ROOT,
        "%-" + width + "s %,8d %9.2f%% %8.4f %8.4f %,12d %,12d%n",
        name,
        model.errors(),
        100 * model.accuracy(),
        model.nll(),
        model.ece(),
        model.parameters(),
        model.bytes());
  }
}
