package io.sparkdistill.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkdistill.config.BootstrapConfig;
import io.sparkdistill.evaluation.JudgedRows.Judged;
import io.sparkdistill.examples.SliceKey;
import io.sparkdistill.softtargets.SoftTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Metrics of sums. */
class SummaryTest {
  private static final BootstrapConfig BOOTSTRAP = new BootstrapConfig(400, 1);
  private static final Optional<ModelSize> TEACHER = Optional.of(new ModelSize("teacher", 3, 30));
  private static final List<ModelSize> STUDENTS =
      List.of(
          new ModelSize("student", 2, 20),
          new ModelSize("baseline", 2, 21),
          new ModelSize("incumbent", 1, 10));

  @Test
  void comparesTheStudentWithAllOthersRowByRow() {
    List<Judged> rows = new JudgedRows(1, 3).draw(500, 4);
    Metrics metrics = metrics(rows, TEACHER);

    assertThat(metrics.comparisons().stream().map(Comparison::other))
        .containsExactly("teacher", "baseline", "incumbent");
    for (int i = 0; i < 3; i++) {
      Comparison comparison = metrics.comparisons().get(i);
      int other = i == 0 ? 0 : i + 1;
      assertThat(comparison.model()).isEqualTo("student");
      assertThat(comparison.bothRight()).isEqualTo(count(rows, true, other, true));
      assertThat(comparison.onlyModelRight()).isEqualTo(count(rows, true, other, false));
      assertThat(comparison.onlyOtherRight()).isEqualTo(count(rows, false, other, true));
      assertThat(comparison.bothWrong()).isEqualTo(count(rows, false, other, false));
      assertThat(comparison.accuracyDifference())
          .isCloseTo(
              metrics.models().get("student").accuracy()
                  - metrics.models().get(comparison.other()).accuracy(),
              within(1e-7));
      assertThat(comparison.accuracyDifference())
          .isBetween(
              comparison.accuracyDifferenceInterval().low(),
              comparison.accuracyDifferenceInterval().high());
      assertThat(comparison.pValue())
          .isEqualTo(McNemar.of(comparison.onlyModelRight(), comparison.onlyOtherRight()).pValue());
    }
  }

  @Test
  void intervalsHoldTheirNumbers() {
    Metrics metrics = metrics(new JudgedRows(2, 3).draw(500, 4), TEACHER);
    metrics
        .models()
        .forEach(
            (name, model) -> {
              assertThat((double) model.errors())
                  .isBetween(model.errorsInterval().low(), model.errorsInterval().high());
              assertThat(model.accuracyInterval().low())
                  .isCloseTo(1 - model.errorsInterval().high() / 500, within(1e-7));
              assertThat(model.macroF1()).isBetween(0.0, 1.0);
              assertThat(model.top5Accuracy()).isNull();
              assertThat(model.temperatureScaling()).isNotNull();
            });
    assertThat(metrics.models().get("teacher").klToTeacher()).isNull();
    assertThat(metrics.models().get("teacher").agreementOnTeacherErrors()).isNull();
    assertThat(metrics.models().get("student").reverseKlToTeacher()).isPositive();
  }

  @Test
  void gapThatIsThereInEachDrawHasAnInterval() {
    List<Judged> rows = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      // The teacher is always right, the student in two of three rows, the baseline in one.
      rows.add(judged(i, List.of(1, i % 3 == 0 ? 0 : 1, i % 3 == 1 ? 1 : 0, 0)));
    }
    Metrics metrics = metrics(rows, TEACHER);

    assertThat(metrics.gapClosure()).isEqualTo(0.5);
    assertThat(metrics.gapClosureInterval().low()).isBetween(0.4, 0.5);
    assertThat(metrics.gapClosureInterval().high()).isBetween(0.5, 0.6);
    assertThat(metrics(rows.subList(1, 2), TEACHER).gapClosureInterval()).isNull();
  }

  @Test
  void slicesAreToldInTheirOrderAlsoWithoutRows() {
    SliceKey nobody = new SliceKey(1, "nobody");
    Metrics metrics =
        summary(new JudgedRows(3, 3).draw(90, 4), TEACHER)
            .metrics(List.of(JudgedRows.FIRST, nobody));

    assertThat(metrics.slices().stream().map(SliceMetrics::name))
        .containsExactly("first", "nobody");
    assertThat(metrics.slices().get(1)).isEqualTo(new SliceMetrics("nobody", 0, Map.of()));
    SliceMetrics first = metrics.slices().get(0);
    assertThat(first.rows()).isEqualTo(30);
    assertThat(first.models()).containsOnlyKeys("teacher", "student", "baseline", "incumbent");
    SliceModel student = first.models().get("student");
    assertThat(student.accuracy()).isCloseTo(1 - student.errors() / 30.0, within(1e-7));
    assertThat(student.accuracy())
        .isBetween(student.accuracyInterval().low(), student.accuracyInterval().high());
    assertThat(first.models().get("teacher").agreementWithTeacher()).isNull();
  }

  @Test
  void withoutATeacherNothingIsComparedWithIt() {
    Metrics metrics = metrics(new JudgedRows(4, 8).draw(90, 4), Optional.empty());

    assertThat(metrics.models()).containsOnlyKeys("student", "baseline", "incumbent");
    assertThat(metrics.comparisons().stream().map(Comparison::other))
        .containsExactly("baseline", "incumbent");
    assertThat(metrics.gapClosureInterval()).isNull();
    assertThat(metrics.models().get("student").agreementWithTeacher()).isNull();
    assertThat(metrics.models().get("student").agreementOnTeacherErrors()).isNull();
    assertThat(metrics.models().get("student").top5Accuracy()).isBetween(0.3, 1.0);
  }

  @Test
  void metricsAreReadAsTheyWereWritten() {
    Metrics metrics = metrics(new JudgedRows(5, 3).draw(90, 4), TEACHER);

    assertThat(Metrics.fromJson(metrics.toJson())).isEqualTo(metrics);
  }

  private static Metrics metrics(List<Judged> rows, Optional<ModelSize> teacher) {
    return summary(rows, teacher).metrics(List.of(JudgedRows.FIRST));
  }

  private static Summary summary(List<Judged> rows, Optional<ModelSize> teacher) {
    return new Summary(JudgedRows.tally(rows, 4), teacher, STUDENTS, BOOTSTRAP);
  }

  /** A row of label 1 and the classes that models name. */
  private static Judged judged(int number, List<Integer> named) {
    List<Answer> answers =
        named.stream()
            .map(c -> Answer.of(c == 0 ? new float[] {1, 0} : new float[] {0, 1}))
            .toList();
    SoftTarget target =
        new SoftTarget("row-" + number, 0, 1, new float[1], answers.get(0).logits());
    return new Judged(new TestRow(target, List.of()), answers);
  }

  private static long count(List<Judged> rows, boolean student, int other, boolean otherRight) {
    return rows.stream()
        .filter(row -> right(row, 1) == student && right(row, other) == otherRight)
        .count();
  }

  private static boolean right(Judged row, int model) {
    return row.answers().get(model).predicted() == row.row().target().label();
  }
}
