package io.sparkdistill.report;

import io.sparkdistill.evaluation.Comparison;
import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.evaluation.ModelMetrics;
import io.sparkdistill.text.Numbers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every number of every model. */
final class MeasuresTable {
  private MeasuresTable() {}

  static List<Table> of(Metrics metrics) {
    return metrics.comparisons().isEmpty()
        ? List.of(measures(metrics))
        : List.of(measures(metrics), pairs(metrics));
  }

  private static Table measures(Metrics metrics) {
    Map<String, ModelMetrics> all = new LinkedHashMap<>(metrics.models());
    metrics.teachers().forEach((name, teacher) -> all.putIfAbsent("teacher " + name, teacher));
    List<Measure> measures = Stream.concat(Measure.FIRST.stream(), Measure.REST.stream()).toList();
    return ModelsTable.of("numbers", "Every measure", all, measures);
  }

  /** The student against each other model, row by row. */
  private static Table pairs(Metrics metrics) {
    return new Table(
        "numbers",
        "On the same rows",
        List.of(
            "student and", "both right", "only student", "only the other", "both wrong", "chance"),
        metrics.comparisons().stream().map(MeasuresTable::row).toList());
  }

  private static Table.Row row(Comparison pair) {
    return Table.Row.of(
        pair.other(),
        List.of(
            Numbers.count(pair.bothRight()),
            Numbers.count(pair.onlyModelRight()),
            Numbers.count(pair.onlyOtherRight()),
            Numbers.count(pair.bothWrong()),
            Numbers.p(pair.pValue())));
  }
}
