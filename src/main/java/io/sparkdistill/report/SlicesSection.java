package io.sparkdistill.report;

import io.sparkdistill.evaluation.Interval;
import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.evaluation.SliceMetrics;
import io.sparkdistill.evaluation.SliceModel;
import io.sparkdistill.text.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the models are worth on parts of the test set. */
final class SlicesSection {
  private static final int MOST_DRAWN = 20;
  private static final int MOST_LISTED = 200;

  private SlicesSection() {}

  static Optional<Section> of(Metrics metrics) {
    if (metrics.slices().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Section.of(
                "slices",
                "Parts of the test set",
                "Accuracy where rows were named apart, with 95% intervals. Parts of few rows have"
                    + " wide ones.")
            .withCharts(chart(metrics).stream().toList())
            .withDetails(List.of(table(metrics))));
  }

  private static Optional<Chart> chart(Metrics metrics) {
    List<SliceMetrics> shown =
        metrics.slices().stream().filter(slice -> slice.rows() > 0).limit(MOST_DRAWN).toList();
    List<String> models = List.copyOf(metrics.models().keySet());
    RowsChart chart = new RowsChart("slices-accuracy", "Accuracy by slice", "accuracy, percent");
    for (SliceMetrics slice : shown) {
      List<RowsChart.Point> points = new ArrayList<>();
      for (String name : models) {
        SliceModel model = slice.models().get(name);
        if (model != null) {
          points.add(
              new RowsChart.Point(
                  Kinds.of(name),
                  name,
                  100 * model.accuracy(),
                  Optional.ofNullable(model.accuracyInterval()).map(SlicesSection::percent)));
        }
      }
      chart.add(slice.name() + " (" + Numbers.count(slice.rows()) + ")", points);
    }
    return chart.draw();
  }

  private static Span percent(Interval interval) {
    return new Span(100 * interval.low(), 100 * interval.high());
  }

  /** A short one. */
  static Optional<Table> summary(Metrics metrics) {
    return metrics.slices().isEmpty()
        ? Optional.empty()
        : Optional.of(table(metrics).shortened(MOST_DRAWN));
  }

  private static Table table(Metrics metrics) {
    List<String> models = List.copyOf(metrics.models().keySet());
    List<String> head = new ArrayList<>(List.of("slice", "rows"));
    for (String name : models) {
      head.add("errors, " + name);
    }
    head.addAll(List.of("student’s NLL", "student’s ECE", "agrees with teacher"));
    List<Table.Row> rows = new ArrayList<>();
    for (SliceMetrics slice : metrics.slices()) {
      List<String> cells = new ArrayList<>(List.of(Numbers.count(slice.rows())));
      for (String name : models) {
        cells.add(model(slice, name).map(of -> Numbers.count(of.errors())).orElse("–"));
      }
      Optional<SliceModel> student = model(slice, Metrics.STUDENT);
      cells.add(student.map(of -> Numbers.decimal(of.nll())).orElse("–"));
      cells.add(student.map(of -> Numbers.decimal(of.ece())).orElse("–"));
      cells.add(student.map(SliceModel::agreementWithTeacher).map(Numbers::percent).orElse("–"));
      rows.add(Table.Row.of(slice.name(), cells));
    }
    return new Table("numbers", "All slices", head, rows).shortened(MOST_LISTED);
  }

  private static Optional<SliceModel> model(SliceMetrics slice, String name) {
    return Optional.ofNullable(slice.models().get(name));
  }
}
