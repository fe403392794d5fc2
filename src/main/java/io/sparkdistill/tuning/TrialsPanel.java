package io.sparkdistill.tuning;

import io.sparkdistill.config.ParameterConfig;
import io.sparkdistill.config.Spelling;
import io.sparkdistill.failure.Secrets;
import io.sparkdistill.tuning.TuningReport.Entry;
import java.awt.Color;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * What trials are worth by the values of one key: a series for each number of epochs, and a line
 * for the configuration as it stands. Trials that diverged are left out.
 */
final class TrialsPanel {
  private static final int LONGEST_LABEL = 24;

  private final TuningReport report;
  private final ParameterConfig parameter;

  TrialsPanel(TuningReport report, ParameterConfig parameter) {
    this.report = report;
    this.parameter = parameter;
  }

  XYChart chart(int width, int height) {
    XYChart chart =
        new XYChartBuilder()
            .width(width)
            .height(height)
            .xAxisTitle(parameter.key())
            .yAxisTitle(Spelling.of(report.metric()))
            .build();
    chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    chart.getStyler().setLocale(Locale.ROOT);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    xAxis(chart);
    yAxis(chart);
    byEpochs()
        .forEach(
            (epochs, entries) ->
                chart.addSeries(
                    epochs + " epochs",
                    entries.stream().mapToDouble(this::x).toArray(),
                    entries.stream().mapToDouble(this::y).toArray()));
    asConfigured()
        .ifPresent(
            entry -> {
              XYSeries line =
                  chart.addSeries(
                      "as configured",
                      new double[] {least(), most()},
                      new double[] {y(entry), y(entry)});
              line.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
              line.setMarker(SeriesMarkers.NONE);
            });
    return chart;
  }

  private void xAxis(XYChart chart) {
    chart.getStyler().setXAxisMin(least());
    chart.getStyler().setXAxisMax(most());
    if (parameter instanceof ParameterConfig.Range range) {
      chart.getStyler().setXAxisLogarithmic(range.scale() == ParameterConfig.Scale.LOG);
    } else {
      chart.setCustomXAxisTickLabelsFormatter(this::label);
    }
  }

  /** Room above and below, also where all are equal. */
  private void yAxis(XYChart chart) {
    double least = trained().stream().mapToDouble(this::y).min().orElse(0);
    double most = trained().stream().mapToDouble(this::y).max().orElse(0);
    double room = most > least ? (most - least) / 20 : Math.max(1e-6, Math.abs(most) / 20);
    chart.getStyler().setYAxisMin(least - room);
    chart.getStyler().setYAxisMax(most + room);
  }

  private Map<Integer, List<Entry>> byEpochs() {
    return trained().stream()
        .filter(entry -> entry.values().containsKey(parameter.key()))
        .collect(Collectors.groupingBy(Entry::epochs, TreeMap::new, Collectors.toList()));
  }

  private Optional<Entry> asConfigured() {
    return trained().stream().filter(entry -> entry.values().isEmpty()).findFirst();
  }

  private List<Entry> trained() {
    return report.trials().stream().filter(entry -> entry.score().trained()).toList();
  }

  private double least() {
    return parameter instanceof ParameterConfig.Range range ? range.from() : -0.5;
  }

  private double most() {
    return parameter instanceof ParameterConfig.Range range ? range.to() : choices().size() - 0.5;
  }

  private double x(Entry entry) {
    String value = entry.values().get(parameter.key());
    return parameter instanceof ParameterConfig.Range
        ? Double.parseDouble(value)
        : choices().indexOf(value);
  }

  private double y(Entry entry) {
    return entry.score().value(report.metric());
  }

  /** As the report has them. */
  private List<String> choices() {
    return ((ParameterConfig.Choice) parameter)
        .values().stream().map(Secrets::mask).distinct().toList();
  }

  /**
   * The value at a whole position; elsewhere blanks, as many as at no other: labels must differ.
   */
  private String label(double position) {
    int place = (int) Math.rint(position);
    if (Math.abs(position - place) > 1e-6 || place < 0 || place >= choices().size()) {
      return " ".repeat(2 + (int) Math.rint(2 * Math.max(-1, position)));
    }
    String value = choices().get(place);
    return value.length() <= LONGEST_LABEL ? value : value.substring(0, LONGEST_LABEL) + "…";
  }
}
