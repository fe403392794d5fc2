package io.sparkdistill.report;

import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.evaluation.ModelMetrics;
import io.sparkdistill.evaluation.TemperatureScaling;
import io.sparkdistill.text.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether models are as often right as they say. */
final class CalibrationSection {
  private CalibrationSection() {}

  static Optional<Section> of(Metrics metrics) {
    List<Chart> charts = new ArrayList<>();
    List<Table> others = new ArrayList<>();
    metrics
        .models()
        .forEach(
            (name, model) -> {
              Chart chart = ReliabilityChart.of(name, model.ece(), model.reliability());
              if (!model.reliability().isEmpty() && Kinds.isMain(name)) {
                charts.add(chart);
              } else if (!model.reliability().isEmpty()) {
                others.add(chart.numbers());
              }
            });
    return charts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Section.of(
                    "calibration",
                    "How far its probabilities can be trusted",
                    "Rows in bins by the probability that a model gives its own answer. Below the"
                        + " diagonal it is surer than it should be. Large dots have many rows;"
                        + " lines are 95% intervals.")
                .withCharts(charts)
                .withTables(scaling(metrics).stream().toList())
                .withDetails(others));
  }

  private static Optional<Table> scaling(Metrics metrics) {
    List<Table.Row> rows = new ArrayList<>();
    for (Map.Entry<String, ModelMetrics> model : metrics.models().entrySet()) {
      TemperatureScaling scaling = model.getValue().temperatureScaling();
      if (scaling != null) {
        rows.add(
            Table.Row.of(
                model.getKey(),
                List.of(
                    Numbers.rounded(scaling.temperature()),
                    Numbers.decimal(scaling.nllBefore()) + " → " + Numbers.decimal(scaling.nll()),
                    Numbers.decimal(scaling.eceBefore())
                        + " → "
                        + Numbers.decimal(scaling.ece()))));
      }
    }
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Table(
                "plain",
                "With logits divided by one temperature, chosen on other test rows",
                List.of("model", "temperature", "NLL", "ECE"),
                rows));
  }
}
