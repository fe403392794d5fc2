package io.sparkdistill.report;

import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.export.Factors;
import io.sparkdistill.export.Latency;
import io.sparkdistill.export.ModelSize;
import io.sparkdistill.export.Sizes;
import io.sparkdistill.text.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How large the files of the models are, and how fast. */
final class SizesSection {
  private static final double KILO = 1000;
  private static final String NONE = "–";

  private SizesSection() {}

  static Section of(Sizes sizes, Metrics metrics) {
    List<Chart> charts = new ArrayList<>();
    bytes(sizes).ifPresent(charts::add);
    List<Latency> batches = batches(sizes);
    for (int batch = 0; batch < batches.size(); batch++) {
      latency(sizes, batch, rows(batches.get(batch))).ifPresent(charts::add);
    }
    String measured =
        batches.isEmpty()
            ? ""
            : " Times are of ONNX Runtime "
                + sizes.runtime()
                + " on one thread of "
                + sizes.processor()
                + ", all models measured in turn.";
    return Section.of(
            "sizes",
            "How small and how fast",
            "The models as ONNX files." + measured + " Less is better.")
        .withCharts(charts)
        .withTables(List.of(table(sizes, metrics)));
  }

  /** One row a model, with its errors, and how many times better than the teacher it is. */
  static Table table(Sizes sizes, Metrics metrics) {
    List<Latency> batches = batches(sizes);
    List<String> head = new ArrayList<>(List.of("model", "errors", "size", "multiply-adds"));
    batches.forEach(batch -> head.add(rows(batch) + ": median (99th)"));
    if (!sizes.factors().isEmpty()) {
      head.add("smaller");
      batches.forEach(batch -> head.add("faster, " + rows(batch)));
    }
    List<Table.Row> rows = models(sizes).map(model -> row(sizes, metrics, model)).toList();
    String factors =
        sizes.factors().isEmpty() ? "" : ", and how many times smaller and faster than the teacher";
    return new Table("plain", "Size and speed" + factors, head, rows);
  }

  private static Table.Row row(Sizes sizes, Metrics metrics, ModelSize model) {
    List<String> cells = new ArrayList<>();
    cells.add(
        Optional.ofNullable(metrics.models().get(model.name()))
            .map(judged -> Numbers.count(judged.errors()))
            .orElse(NONE));
    cells.add(Numbers.bytes(model.bytes()));
    cells.add(Optional.ofNullable(model.multiplyAdds()).map(Numbers::count).orElse(NONE));
    for (Latency latency : model.latency()) {
      cells.add(Numbers.micros(latency.p50()) + " (" + Numbers.micros(latency.p99()) + ")");
    }
    if (!sizes.factors().isEmpty()) {
      Optional<Factors> factors =
          sizes.factors().stream().filter(of -> of.name().equals(model.name())).findFirst();
      cells.add(factors.map(of -> times(of.bytes())).orElse(NONE));
      for (int batch = 0; batch < model.latency().size(); batch++) {
        int place = batch;
        cells.add(factors.map(of -> times(of.latency().get(place))).orElse(NONE));
      }
    }
    return Table.Row.of(model.name(), cells);
  }

  private static String times(double factor) {
    return Numbers.rounded(factor) + " ×";
  }

  private static Optional<Chart> bytes(Sizes sizes) {
    RowsChart chart = RowsChart.fromZero("sizes-bytes", "Size of the ONNX file", "kB");
    models(sizes)
        .forEach(
            model ->
                chart.add(model.name(), List.of(point("student", "size", model.bytes() / KILO))));
    return chart.draw();
  }

  private static Optional<Chart> latency(Sizes sizes, int batch, String rows) {
    RowsChart chart = RowsChart.fromZero("sizes-time-" + batch, "Time for " + rows, "microseconds");
    models(sizes)
        .filter(model -> model.latency().size() > batch)
        .forEach(
            model -> {
              Latency latency = model.latency().get(batch);
              chart.add(
                  model.name(),
                  List.of(
                      point("student", "median", latency.p50()),
                      point("other", "99 of 100 take less", latency.p99())));
            });
    return chart.draw();
  }

  private static RowsChart.Point point(String kind, String name, double value) {
    return new RowsChart.Point(kind, name, value, Optional.empty());
  }

  private static Stream<ModelSize> models(Sizes sizes) {
    return Stream.concat(sizes.teachers().stream(), sizes.students().stream());
  }

  /** All models were measured with the same. */
  private static List<Latency> batches(Sizes sizes) {
    return models(sizes).findFirst().map(ModelSize::latency).orElse(List.of());
  }

  private static String rows(Latency batch) {
    return batch.rows() == 1 ? "1 row" : Numbers.count(batch.rows()) + " rows";
  }
}
