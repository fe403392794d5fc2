package io.sparkdistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.evaluation.Metrics;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What people see at the end of a run. */
class MetricsTableTest {
  private static final String MODELS =
      """
      { "schemaVersion": 1, "testRows": 10000, "gapClosure": 0.428, "models": {
        "student": { "errors": 252, "accuracy": 0.9748, "nll": 0.0862, "ece": 0.0118,
          "parameters": 269322, "bytes": 998657 } }
      """;

  @Test
  void endsWithWhetherADifferenceMayBeChance() {
    assertThat(
            table(
                """
                , "comparisons": [
                  { "model": "student", "other": "teacher", "pValue": 1e-40 },
                  { "model": "student", "other": "baseline", "accuracyDifference": 0.0152,
                    "accuracyDifferenceInterval": { "low": 0.0115, "high": 0.0189 },
                    "pValue": 2.07e-16 },
                  { "model": "student", "other": "incumbent", "accuracyDifference": -0.0002,
                    "pValue": 0.876 } ] }
                """))
        .isEqualToNormalizingNewlines(
            """

                         errors   accuracy      nll      ece   parameters        bytes
            student         252     97.48%   0.0862   0.0118      269,322      998,657
            on 10,000 test rows; the student closes 0.43 of the gap between baseline and teacher
            student against baseline: +1.52 points of accuracy, 95 % interval +1.15 to +1.89; \
            McNemar's p = 2.1e-16
            student against incumbent: -0.02 points of accuracy; McNemar's p = 0.88

            """);
  }

  @Test
  void metricsOfEarlierReleasesAreShownAsTheyWere() {
    assertThat(table("}"))
        .isEqualToNormalizingNewlines(
            """

                         errors   accuracy      nll      ece   parameters        bytes
            student         252     97.48%   0.0862   0.0118      269,322      998,657
            on 10,000 test rows; the student closes 0.43 of the gap between baseline and teacher

            """);
  }

  @Test
  void saysNothingOfAGapThatIsNone() {
    String text =
        MetricsTable.render(
            Metrics.fromJson(
                """
                { "schemaVersion": 1, "testRows": 100, "gapClosure": 1.5, "models": {
                  "teacher": { "errors": 20, "accuracy": 0.8, "nll": 1, "ece": 0.1,
                    "parameters": 9, "bytes": 9 },
                  "student": { "errors": 25, "accuracy": 0.75, "nll": 1, "ece": 0.1,
                    "parameters": 9, "bytes": 9 },
                  "baseline": { "errors": 10, "accuracy": 0.9, "nll": 1, "ece": 0.1,
                    "parameters": 9, "bytes": 9 } } }
                """
                    .getBytes(StandardCharsets.UTF_8)));
    assertThat(text).contains("on 100 test rows").doesNotContain("gap");
  }

  private static String table(String rest) {
    return MetricsTable.render(Metrics.fromJson((MODELS + rest).getBytes(StandardCharsets.UTF_8)));
  }
}
