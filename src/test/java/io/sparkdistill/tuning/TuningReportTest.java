package io.sparkdistill.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.config.ParameterConfig;
import io.sparkdistill.config.reading.ConfigLoader;
import io.sparkdistill.storage.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is published of trials. */
class TuningReportTest {
  @Test
  void valuesHaveNoCredentials() {
    TuningPlan plan = plan();

    TuningReport report = TuningReport.of(plan, standings(plan));

    assertThat(new String(StrictJson.write(report), StandardCharsets.UTF_8))
        .contains("https://***@host/a.json", "https://host/b.json")
        .doesNotContain("swordfish");
  }

  @Test
  void plotFindsValuesWithoutTheirCredentials() {
    TuningPlan plan = plan();
    TuningReport report = TuningReport.of(plan, standings(plan));
    ParameterConfig parameter = plan.config().tuning().parameters().get(0);

    var chart = new TrialsPanel(report, parameter).chart(400, 300);

    assertThat(chart.getSeriesMap().get("20 epochs").getXData()).containsExactly(0, 1);
  }

  private static TuningPlan plan() {
    return TuningPlan.of(
        ConfigLoader.fromText(
            """
            distill {
              output = out
              dataset { train.path = train, test.path = test, classes = 3 }
              teachers = [{ onnx = teacher.onnx }]
              tuning.search = grid
              tuning.parameters {
                student.model = ["https://ann:swordfish@host/a.json", "https://host/b.json"]
              }
            }
            """,
            "test.conf",
            List.of()));
  }

  private static List<Standing> standings(TuningPlan plan) {
    TrialScore score = new TrialScore(100, 7, 0.5, 0.25, 36);
    List<Standing> standings = new ArrayList<>();
    plan.trials().forEach(trial -> standings.add(new Standing(trial, 0, score)));
    return standings;
  }
}
