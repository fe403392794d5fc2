package io.sparkdistill.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.evaluation.Metrics;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The sentence that people read if they read but one. */
class VerdictTest {
  @Test
  void namesTheShareOfTheGapThatIsClosed() {
    assertThat(sentence(49, 252, 404, "0.428"))
        .isEqualTo(
            "The student makes 252 errors on 1,000 test rows, 152 fewer than the baseline and 203"
                + " more than the teacher: it closes 43% of the gap between them.");
  }

  @Test
  void saysSoWhereNothingOrEverythingIsClosed() {
    assertThat(sentence(49, 404, 404, "0.0"))
        .contains("as many as the baseline")
        .endsWith("it closes nothing of the gap between them.");
    assertThat(sentence(49, 40, 404, "1.02"))
        .contains("9 fewer than the teacher")
        .endsWith("it closes all of the gap between them.");
  }

  @Test
  void speaksOfNoGapWhereTheTeacherIsNotBetter() {
    assertThat(sentence(60, 50, 55, "-1.0"))
        .isEqualTo(
            "The student makes 50 errors on 1,000 test rows, 5 fewer than the baseline and 10 fewer"
                + " than the teacher.");
  }

  @Test
  void comparesWithNobodyWhereThereIsNobody() {
    String json =
        "{\"schemaVersion\":1,\"testRows\":1000,\"models\":{\"student\":" + model(1) + "}}";
    Verdict verdict = Verdict.of(metrics(json));

    assertThat(verdict.sentence())
        .isEqualTo("The student makes 1 error on 1,000 test rows, and is right in 99.90% of them.");
    assertThat(verdict.chance()).isEmpty();
  }

  private static String sentence(int teacher, int student, int baseline, String gapClosure) {
    String models =
        "{\"teacher\":%s,\"student\":%s,\"baseline\":%s}"
            .formatted(model(teacher), model(student), model(baseline));
    String json =
        "{\"schemaVersion\":1,\"testRows\":1000,\"gapClosure\":%s,\"models\":%s}"
            .formatted(gapClosure, models);
    return Verdict.of(metrics(json)).sentence();
  }

  private static String model(int errors) {
    return "{\"errors\":%s,\"accuracy\":%s,\"nll\":0,\"ece\":0,\"parameters\":1,\"bytes\":1}"
        .formatted(errors, 1 - errors / 1000.0);
  }

  private static Metrics metrics(String json) {
    return Metrics.fromJson(json.getBytes(StandardCharsets.UTF_8));
  }
}
