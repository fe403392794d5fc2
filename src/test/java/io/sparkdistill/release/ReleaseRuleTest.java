package io.sparkdistill.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.ReleaseConfig;
import io.sparkdistill.config.ReleaseConfig.Metric;
import io.sparkdistill.config.ReleaseConfig.When;
import io.sparkdistill.evaluation.Metrics;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a student comes into use, and what is said where it does not. */
class ReleaseRuleTest {
  private static final int NO_NUMBER = -1;

  @Test
  void alwaysAndNeverLookAtNothing() {
    assertThat(rule(When.ALWAYS, Metric.ERRORS, 0, 0.05).decide(3))
        .isEqualTo(Decision.toPublish("release.when is always", 3));
    assertThat(rule(When.NEVER, Metric.ERRORS, 0, 0.05).decide(3))
        .isEqualTo(Decision.notToPublish("release.when is never", 3));
  }

  @Test
  void firstStudentNeedsNotBeBetter() {
    ReleaseRule rule = rule(When.BETTER_THAN_INCUMBENT, Metric.ERRORS, 0, 0.05);
    assertThat(rule.decide(0).publish()).isTrue();
    assertThatThrownBy(() -> rule.decide(2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The rule compares with version 2");
  }

  @Test
  void fewerErrorsAreBetterIfChanceIsUnlikely() {
    assertThat(decided(Metric.ERRORS, 0, 0.05, compared(30, 51, 0.012)))
        .returns(true, Decision::publish)
        .returns("better: errors 30, and 51 of version 3, p = 0.0120", Decision::why);
    assertThat(decided(Metric.ERRORS, 0, 0.05, compared(48, 51, 0.61)))
        .returns(false, Decision::publish)
        .returns(
            "not significantly better: errors 48, and 51 of version 3, p = 0.610, and"
                + " release.significance is 0.05",
            Decision::why);
    assertThat(decided(Metric.ERRORS, 0, 1, compared(48, 51, 0.61)).publish()).isTrue();
  }

  @Test
  void equalOrMoreErrorsAreNotBetter() {
    assertThat(decided(Metric.ERRORS, 0, 1, compared(51, 51, 1)))
        .returns(false, Decision::publish)
        .returns("not better: errors 51, and 51 of version 3", Decision::why);
    assertThat(decided(Metric.ERRORS, 0, 1, compared(90, 51, 0.001)).publish()).isFalse();
  }

  @Test
  void differenceMustBeMoreThanTheMargin() {
    assertThat(decided(Metric.ERRORS, 21, 0.05, compared(30, 51, 0.012)))
        .returns(false, Decision::publish)
        .returns(
            "not better by more than release.margin: errors 30, and 51 of version 3, the margin is"
                + " 21",
            Decision::why);
    assertThat(decided(Metric.ERRORS, 20.5, 0.05, compared(30, 51, 0.012)).publish()).isTrue();
  }

  @Test
  void moreAccuracyIsBetterAndLessOfEverythingElse() {
    Metrics better = compared(30, 51, 0.012);
    for (Metric metric : Metric.values()) {
      assertThat(decided(metric, 0, 0.05, better).publish()).as(metric.toString()).isTrue();
      Metrics worse = compared(51, 30, 0.012);
      assertThat(decided(metric, 0, 0.05, worse).publish()).as(metric.toString()).isFalse();
    }
  }

  @Test
  void whatIsNoNumberComesNeverIntoUseAndGivesWayToWhatIsOne() {
    for (Metric metric : new Metric[] {Metric.NLL, Metric.ECE, Metric.KL_TO_TEACHER}) {
      Decision broken = decided(metric, 0, 1, compared(NO_NUMBER, 51, 0));
      assertThat(broken.publish()).as(metric.toString()).isFalse();
      assertThat(broken.why()).startsWith("not a number: " + metric + " NaN, and 0.");
      assertThat(decided(metric, 0, 1, compared(NO_NUMBER, NO_NUMBER, 0)).publish()).isFalse();
      assertThat(decided(metric, 0, 1, compared(30, NO_NUMBER, 1)).publish()).isTrue();
    }
  }

  @Test
  void gainOfExactlyTheMarginIsNotMore() {
    // 0.96 - 0.95 is more than 0.01 in double precision.
    assertThat(decided(Metric.ACCURACY, 0.01, 1, compared(40, 50, 0.001)).why())
        .startsWith("not better by more than release.margin");
  }

  @Test
  void calibrationHasNoTest() {
    Decision decision = decided(Metric.ECE, 0, 0.05, compared(30, 51, 0.9));
    assertThat(decision.publish()).isTrue();
    assertThat(decision.why()).isEqualTo("better: ece 0.0300, and 0.0510 of version 3");
    assertThat(decision.pValues()).containsOnlyKeys("errors", "accuracy", "nll", "klToTeacher");
  }

  @Test
  void decisionSaysWhatWasComparedAndComesBackFromJson() {
    Decision decision = decided(Metric.ERRORS, 0, 0.05, compared(30, 51, 0.012));
    assertThat(decision.testRows()).isEqualTo(1000);
    assertThat(decision.student()).containsEntry("errors", 30.0).containsEntry("accuracy", 0.97);
    assertThat(decision.incumbent()).containsEntry("errors", 51.0);
    assertThat(Decision.fromJson(decision.toJson(), "here")).isEqualTo(decision);
  }

  private static Decision decided(
      Metric metric, double margin, double significance, Metrics compared) {
    return rule(When.BETTER_THAN_INCUMBENT, metric, margin, significance).decide(3, compared);
  }

  private static ReleaseRule rule(When when, Metric metric, double margin, double significance) {
    return new ReleaseRule(
        new ReleaseConfig(
            Optional.of("out"),
            when,
            metric,
            margin,
            significance,
            Optional.empty(),
            Optional.empty()));
  }

  private static Metrics compared(int student, int incumbent, double p) {
    String json =
        String.format(
            Locale.ROOT,
            """
            { "schemaVersion" : 1, "testRows" : 1000,
              "models" : { "student" : %s, "incumbent" : %s },
              "comparisons" : [ { "model" : "student", "other" : "incumbent", "bothRight" : 1,
                "onlyModelRight" : 1, "onlyOtherRight" : 1, "bothWrong" : 1,
                "accuracyDifference" : 0, "test" : "exact", "statistic" : 0, "pValue" : %s,
                "nllPValue" : %s, "klToTeacherPValue" : %s } ] }
            """,
            model(student),
            model(incumbent),
            p,
            p,
            p);
    return Metrics.fromJson(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String model(int errors) {
    double share = errors == NO_NUMBER ? Double.NaN : errors / 1000.0;
    return String.format(
        Locale.ROOT,
        """
        { "errors" : %d, "accuracy" : %s, "nll" : "%s", "ece" : "%s", "parameters" : 10,
          "bytes" : 100, "agreementWithTeacher" : 0.9, "klToTeacher" : "%s" }
        """,
        Math.max(0, errors),
        1 - Math.max(0, errors) / 1000.0,
        2 * share,
        share,
        share / 2);
  }
}
