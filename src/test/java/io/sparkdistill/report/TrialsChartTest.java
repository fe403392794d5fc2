package io.sparkdistill.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.config.TuningConfig.Metric;
import io.sparkdistill.tuning.TrialScore;
import io.sparkdistill.tuning.TuningReport;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrialsChartTest {
  @Test
  void ofTooManyValuesTheBestAreShownAndHowManyThereAreIsSaid() {
    // The last in the order of their names is the best.
    List<TuningReport.Entry> entries =
        IntStream.range(0, 15)
            .mapToObj(
                i -> {
                  TreeMap<String, String> values = new TreeMap<>();
                  values.put("student.hidden", "[" + (char) ('a' + i) + "]");
                  TrialScore score = new TrialScore(1000, 100 - i, 0.1, 0.1, 10);
                  return new TuningReport.Entry(i + 1, values, 5, 0, score);
                })
            .toList();
    TuningReport report = new TuningReport(1, Metric.ERRORS, 1_000, entries);

    Chart chart = new TrialsChart("id", "student.hidden", report).draw().orElseThrow();

    assertThat(chart.title()).endsWith("by student.hidden, the best 12 of 15 values");
    assertThat(chart.toString()).contains("[o]", "[d]").doesNotContain("[c]");
  }
}
