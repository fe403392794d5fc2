package io.sparkdistill.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkdistill.config.AdaptationConfig.SoftWeightBy;
import io.sparkdistill.config.AdaptationConfig.TemperatureBy;
import io.sparkdistill.config.AdaptationConfig.WhenTeacherIsWrong;
import io.sparkdistill.config.ScheduleConfig;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that count more than once or not at all, classes that do, and rows without a label. */
class RowWeightsTest {
  private static final int CLASSES = 3;
  private static final float[][] STUDENT = {{1, 0, 2}, {0, 1, 3}, {-1, 1, 0.5f}};
  private static final float[][] TEACHER = {{6, 0, 1}, {-2, 5, 0}, {1, 2, 1}};
  private static final int[] LABELS = {0, 2, 1};

  /** Loss and gradient of some rows. */
  @SuppressWarnings("ArrayRecordComponent") // Compared number by number.
  private record Result(double loss, float[] gradient) {}

  @ParameterizedTest
  @EnumSource
  void rowThatCountsThriceIsThreeRows(LossCase loss) {
    Objective objective = objective(loss.loss(), List.of());
    Rows thrice =
        new Rows(
            new float[][] {STUDENT[0], STUDENT[0], STUDENT[0], STUDENT[1]},
            new float[][] {TEACHER[0], TEACHER[0], TEACHER[0], TEACHER[1]},
            new int[] {LABELS[0], LABELS[0], LABELS[0], LABELS[1]});

    Result weighted = evaluate(objective, marked(3, 1, 0), 3);

    requireClose(weighted.loss(), thrice.loss(objective));
    float[] each = thrice.gradient(objective);
    for (int i = 0; i < CLASSES; i++) {
      requireClose(weighted.gradient()[i], 3 * each[i]);
      requireClose(weighted.gradient()[CLASSES + i], each[3 * CLASSES + i]);
      assertThat(weighted.gradient()[2 * CLASSES + i]).isZero();
    }
  }

  /** What keeps correlations from dividing by zero is relative to the largest weight. */
  private static void requireClose(double found, double expected) {
    assertThat(found).isCloseTo(expected, within(1e-4 + 1e-2 * Math.abs(expected)));
  }

  @Test
  void rowWithoutALabelHasTheComparisonAloneTimesItsWeight() {
    Objective objective = objective(new Hinton(), List.of());
    float[] targets = marked(0, 0, 0);
    targets[0] = -2.5f;

    Result found = evaluate(objective, targets, 1);

    Rows row = Rows.of(STUDENT[0], TEACHER[0], LABELS[0]);
    Objective comparison = Rows.objective(new Hinton(), 4, 1);
    assertThat(found.loss()).isCloseTo(2.5 * 0.7 * row.loss(comparison), within(1e-6));
    float[] whole = row.gradient(comparison);
    for (int i = 0; i < CLASSES; i++) {
      assertThat(found.gradient()[i]).isCloseTo(2.5f * 0.7f * whole[i], within(1e-5f));
    }
  }

  @ParameterizedTest
  @EnumSource
  void noTeacherIsWrongWhereNobodyKnowsTheLabel(WhenTeacherIsWrong whenWrong) {
    for (SoftWeightBy by : SoftWeightBy.values()) {
      Batch batch = new Batch();
      float[] targets = marked(1, 1, 1);
      Arrays.fill(targets, 0, CLASSES, 0);
      targets[0] = -1;
      batch.take(targets, logits(), 1, CLASSES, new float[CLASSES]);
      new Adaptation(TemperatureBy.NONE, by, whenWrong).apply(batch, 4, 0.5);
      double best = Formulas.softmax(Formulas.doubles(TEACHER[0]), 1)[0];
      assertThat(batch.weights[0])
          .isCloseTo(by == SoftWeightBy.CONFIDENCE ? 0.5 * best : 0.5, within(1e-9));
    }
  }

  @Test
  void classesWeighTheirLabelsAndNotTheComparison() {
    Objective even = objective(new Hinton(), List.of());
    Objective uneven = objective(new Hinton(), List.of(2.0, 0.0, 0.5));
    double expected = 0;
    for (int row = 0; row < LABELS.length; row++) {
      Rows one = Rows.of(STUDENT[row], TEACHER[row], LABELS[row]);
      double weight = new double[] {2, 0.5, 0}[row];
      expected += one.loss(even) + 0.3 * (weight - 1) * Formulas.crossEntropy(one);
    }
    Result found = evaluate(uneven, marked(1, 1, 1), 3);
    assertThat(found.loss()).isCloseTo(expected, within(1e-6));
    Rows weightless = Rows.of(STUDENT[2], TEACHER[2], LABELS[2]);
    float[] whole = weightless.gradient(Rows.objective(new Hinton(), 4, 1));
    for (int i = 0; i < CLASSES; i++) {
      assertThat(found.gradient()[2 * CLASSES + i]).isCloseTo(0.7f * whole[i], within(1e-5f));
    }
  }

  @Test
  void termsAreThoseOfWeightedRows() {
    Evaluator evaluator = objective(new Hinton(), List.of()).evaluator();
    double loss = evaluator.evaluate(marked(3, 0.5f, 0), logits(), 3, CLASSES, 0, new float[9]);
    Terms terms = evaluator.terms();
    assertThat(terms.soft() + terms.hard()).isCloseTo(loss, within(1e-9));
    assertThat(terms.rows()).isEqualTo(3);
    Rows first = Rows.of(STUDENT[0], TEACHER[0], LABELS[0]);
    Rows second = Rows.of(STUDENT[1], TEACHER[1], LABELS[1]);
    assertThat(terms.hard())
        .isCloseTo(
            0.3 * (3 * Formulas.crossEntropy(first) + 0.5 * Formulas.crossEntropy(second)),
            within(1e-9));
  }

  private static Objective objective(SoftLoss soft, List<Double> classWeights) {
    return new Objective(
        soft,
        Schedule.of(ScheduleConfig.constant(4), 1, 1),
        Schedule.of(ScheduleConfig.constant(0.7), 1, 1),
        new Adaptation(TemperatureBy.NONE, SoftWeightBy.NONE, WhenTeacherIsWrong.KEEP),
        classWeights);
  }

  private static Result evaluate(Objective objective, float[] targets, int rows) {
    float[] gradient = new float[rows * CLASSES];
    double loss =
        objective.evaluator().evaluate(targets, logits(), rows, CLASSES, Evaluator.END, gradient);
    return new Result(loss, gradient);
  }

  private static float[] logits() {
    return new Rows(STUDENT, TEACHER, LABELS).logits();
  }

  /** Targets of the rows with these weights. */
  private static float[] marked(float... weights) {
    float[] targets = new Rows(STUDENT, TEACHER, LABELS).targets();
    for (int row = 0; row < weights.length; row++) {
      targets[2 * row * CLASSES + LABELS[row]] = weights[row];
    }
    return targets;
  }
}
