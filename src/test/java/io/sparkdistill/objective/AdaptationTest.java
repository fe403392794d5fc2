package io.sparkdistill.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkdistill.config.AdaptationConfig.SoftWeightBy;
import io.sparkdistill.config.AdaptationConfig.TemperatureBy;
import io.sparkdistill.config.AdaptationConfig.WhenTeacherIsWrong;
import io.sparkdistill.config.ScheduleConfig;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a row's teacher decides about its temperature and weight. */
class AdaptationTest {
  /** Sure and right, sure and wrong, undecided. */
  private static final Rows ROWS =
      new Rows(
          new float[][] {{1, 0, 2}, {0, 1, 3}, {-1, 1, 0.5f}},
          new float[][] {{6, 0, 1}, {-2, 5, 0}, {1, 1, 1}},
          new int[] {0, 2, 1});

  @Test
  void temperatureFallsToOneWhereTheTeacherIsUndecided() {
    Batch batch =
        applied(new Adaptation(TemperatureBy.ENTROPY, SoftWeightBy.NONE, WhenTeacherIsWrong.KEEP));
    double[] p = Formulas.softmax(Formulas.doubles(ROWS.teacher(0)), 1);
    double entropy = -Arrays.stream(p).map(each -> each * Math.log(each)).sum();
    assertThat(batch.temperatures[0])
        .isCloseTo(1 + 3 * (1 - entropy / Math.log(3)), within(1e-9))
        .isBetween(3.8, 4.0);
    assertThat(batch.temperatures[2]).isCloseTo(1, within(1e-9));
    assertThat(batch.weights).containsExactly(0.5, 0.5, 0.5);
  }

  @Test
  void weightIsHowSureTheTeacherIs() {
    Batch batch =
        applied(
            new Adaptation(TemperatureBy.NONE, SoftWeightBy.CONFIDENCE, WhenTeacherIsWrong.KEEP));
    for (int row = 0; row < 3; row++) {
      double[] p = Formulas.softmax(Formulas.doubles(ROWS.teacher(row)), 1);
      assertThat(batch.weights[row])
          .isCloseTo(0.5 * Arrays.stream(p).max().orElseThrow(), within(1e-9));
    }
    assertThat(batch.temperatures).containsExactly(4, 4, 4);
  }

  @Test
  void weightIsHowRightTheTeacherIs() {
    Batch batch =
        applied(
            new Adaptation(TemperatureBy.NONE, SoftWeightBy.CORRECTNESS, WhenTeacherIsWrong.KEEP));
    for (int row = 0; row < 3; row++) {
      double[] p = Formulas.softmax(Formulas.doubles(ROWS.teacher(row)), 1);
      assertThat(batch.weights[row]).isCloseTo(0.5 * p[ROWS.label(row)], within(1e-9));
    }
  }

  @Test
  void wrongTeacherIsIgnoredOrHeardLess() {
    assertThat(
            applied(
                    new Adaptation(
                        TemperatureBy.NONE, SoftWeightBy.NONE, WhenTeacherIsWrong.IGNORE))
                .weights)
        .containsExactly(0.5, 0, 0.5);
    double[] weights =
        applied(
                new Adaptation(
                    TemperatureBy.NONE, SoftWeightBy.NONE, WhenTeacherIsWrong.DOWNWEIGHT))
            .weights;
    assertThat(weights[0]).isEqualTo(0.5);
    assertThat(weights[1]).isCloseTo(0.5 * Math.exp(-5), within(1e-9));
    assertThat(weights[2]).isEqualTo(0.5);
  }

  @Test
  void ignoredTeacherLeavesTheLabelAll() {
    Objective ignoring =
        objective(
            new Hinton(),
            1,
            new Adaptation(TemperatureBy.NONE, SoftWeightBy.NONE, WhenTeacherIsWrong.IGNORE));
    Rows wrong = Rows.of(ROWS.student(1), ROWS.teacher(1), ROWS.label(1));
    assertThat(wrong.loss(ignoring)).isCloseTo(Formulas.crossEntropy(wrong), within(1e-9));
  }

  @Test
  void ignoredRowIsNoPartOfABatchsCorrelation() {
    Adaptation ignoring =
        new Adaptation(TemperatureBy.NONE, SoftWeightBy.NONE, WhenTeacherIsWrong.IGNORE);
    Objective objective = objective(new Dist(1, 2), 1, ignoring);
    Rows right =
        new Rows(
            new float[][] {ROWS.student(0), ROWS.student(2)},
            new float[][] {ROWS.teacher(0), ROWS.teacher(2)},
            new int[] {0, 1});
    Rows wrong = Rows.of(ROWS.student(1), ROWS.teacher(1), ROWS.label(1));
    assertThat(ROWS.loss(objective))
        .isCloseTo(right.loss(objective) + Formulas.crossEntropy(wrong), within(1e-9));
  }

  @ParameterizedTest
  @EnumSource
  void gradientIsTheSlopeOfTheValueWhereRowsDiffer(LossCase loss) {
    Objective objective =
        objective(
            loss.loss(),
            0.8,
            new Adaptation(
                TemperatureBy.ENTROPY, SoftWeightBy.CONFIDENCE, WhenTeacherIsWrong.DOWNWEIGHT));
    float[] gradient = ROWS.gradient(objective);
    for (int row = 0; row < 3; row++) {
      for (int i = 0; i < 3; i++) {
        assertThat((double) gradient[row * 3 + i])
            .isCloseTo(ROWS.slope(objective, row, i), within(2e-4 * loss.roughness()));
      }
    }
  }

  private static Objective objective(SoftLoss soft, double softWeight, Adaptation adaptation) {
    return new Objective(
        soft,
        Schedule.of(ScheduleConfig.constant(4), 1, 1),
        Schedule.of(ScheduleConfig.constant(softWeight), 1, 1),
        adaptation);
  }

  private static Batch applied(Adaptation adaptation) {
    Batch batch = new Batch();
    batch.take(ROWS.targets(), ROWS.logits(), 3, 3, new float[9]);
    adaptation.apply(batch, 4, 0.5);
    return batch;
  }
}
