package io.sparkdistill.cli;

import io.sparkdistill.export.Factors;
import io.sparkdistill.export.Latency;
import io.sparkdistill.export.ModelSize;
import io.sparkdistill.export.Sizes;
import io.sparkdistill.text.Numbers;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Sizes and latencies as a small table for people. */
final class SizesTable {
  private SizesTable() {}

  static String render(Sizes sizes) {
    StringBuilder text = new StringBuilder();
    List<Latency> batches = sizes.students().get(0).latency();
    text.append(String.format("%-14s %12s %14s", "", "bytes", "multiply-adds"));
    batches.forEach(
        batch ->
            text.append(
                String.format(
                    Locale.ROOT,
                    " %16s %12s",
                    batch.rows() + (batch.rows() == 1 ? " row: p50 µs" : " rows: p50 µs"),
                    "p99 µs")));
    text.append(String.format("%n"));
    sizes.teachers().forEach(model -> text.append(row(model)));
    sizes.students().forEach(model -> text.append(row(model)));
    if (!batches.isEmpty()) {
      text.append(
          String.format(
              "in ONNX Runtime %s on %s, one thread%n", sizes.runtime(), sizes.processor()));
    }
    sizes.factors().forEach(factors -> text.append(line(factors, batches)));
    return text.append(String.format("%n")).toString();
  }

  private static String row(ModelSize model) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%-14s %,12d %14s",
            model.name(),
            model.bytes(),
            Optional.ofNullable(model.multiplyAdds()).map(Numbers::count).orElse("not counted")));
    model
        .latency()
        .forEach(
            latency ->
                text.append(
                    String.format(Locale.ROOT, " %,16.1f %,12.1f", latency.p50(), latency.p99())));
    return text.append(String.format("%n")).toString();
  }

  /** How many times smaller and faster than the teacher. */
  private static String line(Factors factors, List<Latency> batches) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(Locale.ROOT, "teacher / %s: %.2f in bytes", factors.name(), factors.bytes()));
    if (factors.multiplyAdds() != null) {
      text.append(String.format(Locale.ROOT, ", %.2f in multiply-adds", factors.multiplyAdds()));
    }
    for (int i = 0; i < factors.latency().size(); i++) {
      int rows = batches.get(i).rows();
      text.append(
          String.format(
              Locale.ROOT,
              ", %.2f in latency of %,d %s",
              factors.latency().get(i),
              rows,
              rows == 1 ? "row" : "rows"));
    }
    return text.append(String.format("%n")).toString();
  }
}
