package io.sparkdistill.objective;

import static io.sparkdistill.objective.Rows.objective;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.FloatRange;

/**
 * Every loss against its formula, its gradient against differences, and what all have in common.
 */
class SoftLossTest {
  @Property(seed = "1")
  void valueIsTheFormula(
      @ForAll LossCase loss,
      @ForAll("rows") Rows rows,
      @ForAll @DoubleRange(min = 0.5, max = 20) double temperature,
      @ForAll @DoubleRange(min = 0, max = 1) double softWeight) {
    double expected =
        softWeight * loss.expected(rows, temperature)
            + (1 - softWeight) * Formulas.crossEntropy(rows);
    assertThat(rows.loss(objective(loss.loss(), temperature, softWeight)))
        .isCloseTo(expected, within(2e-6 * (1 + expected)));
  }

  @Property(seed = "2")
  void gradientIsTheSlopeOfTheValue(
      @ForAll LossCase loss,
      @ForAll("rows") Rows rows,
      @ForAll @DoubleRange(min = 0.5, max = 20) double temperature,
      @ForAll @DoubleRange(min = 0, max = 1) double softWeight) {
    Assume.that(isSmooth(loss, rows));
    Objective objective = objective(loss.loss(), temperature, softWeight);
    float[] gradient = rows.gradient(objective);
    for (int row = 0; row < rows.count(); row++) {
      for (int i = 0; i < rows.classes(); i++) {
        double slope = rows.slope(objective, row, i);
        assertThat((double) gradient[row * rows.classes() + i])
            .isCloseTo(slope, within(2e-4 * loss.roughness() * (1 + Math.abs(slope))));
      }
    }
  }

  @Property(seed = "3")
  void whatIsAddedToAllLogitsOfARowDoesNotMatter(
      @ForAll LossCase loss,
      @ForAll("rows") Rows rows,
      @ForAll @DoubleRange(min = 0.5, max = 20) double temperature,
      @ForAll @FloatRange(min = -8, max = 8) float shift) {
    Objective objective = objective(loss.loss(), temperature, 0.8);
    double value = rows.loss(objective);
    assertThat(rows.shifted(shift, -2 * shift).loss(objective))
        .isCloseTo(value, within(1e-3 * loss.roughness() * (1 + value)));
    float[] gradient = rows.gradient(objective);
    for (int row = 0; row < rows.count(); row++) {
      double sum = 0;
      for (int i = 0; i < rows.classes(); i++) {
        sum += gradient[row * rows.classes() + i];
      }
      assertThat(sum).isCloseTo(0, within(1e-4 * loss.roughness()));
    }
  }

  @Property(seed = "4")
  void studentLikeItsTeacherHasNothingToLearn(
      @ForAll LossCase loss,
      @ForAll("rows") Rows rows,
      @ForAll @DoubleRange(min = 0.5, max = 20) double temperature) {
    Assume.that(loss.isLeastAtTheTeacher() && isSmooth(loss, rows));
    Objective objective = objective(loss.loss(), temperature, 1);
    assertThat(rows.loss(objective)).isGreaterThan(-1e-9);
    for (float value : rows.agreed().gradient(objective)) {
      assertThat((double) value).isCloseTo(0, within(2e-4 * loss.roughness()));
    }
  }

  @Property(seed = "5")
  void withoutSoftWeightItIsCrossEntropyWhateverTheTeacherSays(
      @ForAll LossCase loss, @ForAll("rows") Rows rows) {
    Objective objective = objective(loss.loss(), 3, 0);
    assertThat(rows.loss(objective)).isCloseTo(Formulas.crossEntropy(rows), within(1e-8));
    assertThat(rows.agreed().gradient(objective)).containsExactly(rows.gradient(objective));
  }

  @Example
  void extremeLogitsGiveFiniteValuesAndGradients() {
    float[][] extremes = {
      {1e4f, -1e4f, 1e4f}, {7, 7, 7}, {0, 1e4f, 0}, {-1e4f, 0, 0}, {0x1p50f, -0x1p50f, 0}
    };
    for (LossCase loss : LossCase.values()) {
      for (float[] student : extremes) {
        for (float[] teacher : extremes) {
          for (double temperature : new double[] {0.5, 1, 20}) {
            Rows rows =
                new Rows(
                    new float[][] {student, {1, 2, 0}, student},
                    new float[][] {teacher, teacher, {0, 2, 1}},
                    new int[] {1, 0, 2});
            Objective objective = objective(loss.loss(), temperature, 0.5);
            assertThat(rows.loss(objective))
                .as("%s %s at %s", loss, rows, temperature)
                .isFinite()
                .isGreaterThanOrEqualTo(-1e-9);
            for (float value : rows.gradient(objective)) {
              assertThat(value).as("%s %s at %s", loss, rows, temperature).isFinite();
            }
          }
        }
      }
    }
  }

  @Example
  void memoryOfALargerBatchDoesNotChangeASmallerOne() {
    Rows large =
        new Rows(
            new float[][] {{1, 2, 3, 4}, {4, 3, 2, 1}, {1, 1, 2, 5}},
            new float[][] {{1, 0, 3, 4}, {9, 3, 2, 1}, {1, 1, 2, -5}},
            new int[] {0, 3, 2});
    Rows small = Rows.of(new float[] {0.5f, -1, 2}, new float[] {2, -1, 3}, 1);
    for (LossCase loss : LossCase.values()) {
      Objective objective = objective(loss.loss(), 2, 0.6);
      Evaluator evaluator = objective.evaluator();
      float[] gradient = new float[12];
      evaluator.evaluate(large.targets(), large.logits(), 3, 4, 0, gradient);
      assertThat(evaluator.evaluate(small.targets(), small.logits(), 1, 3, 0, gradient))
          .as("%s", loss)
          .isEqualTo(small.loss(objective));
      assertThat(Arrays.copyOf(gradient, 3)).containsExactly(small.gradient(objective));
    }
  }

  /** Away from where a hinge bends, and where differences would be longer than deviations. */
  private static boolean isSmooth(LossCase loss, Rows rows) {
    // Standardised logits are floats, whose rounding shows where a class hardly varies.
    if (loss == LossCase.STANDARDISED_DIST) {
      return false;
    }
    if (loss == LossCase.DIST && !varies(rows)) {
      return false;
    }
    for (int row = 0; row < rows.count(); row++) {
      float[] z = rows.student(row);
      double[] sorted = Formulas.doubles(z);
      Arrays.sort(sorted);
      if (sorted[z.length - 1] - sorted[0] < 2) {
        return false;
      }
      if (loss == LossCase.MARGIN_RANKING && bends(z)) {
        return false;
      }
    }
    return true;
  }

  /** Whether there is something to correlate in each class. */
  private static boolean varies(Rows rows) {
    for (int i = 0; i < rows.classes(); i++) {
      float least = Float.POSITIVE_INFINITY;
      float most = Float.NEGATIVE_INFINITY;
      for (int row = 0; row < rows.count(); row++) {
        least = Math.min(least, rows.student(row)[i]);
        most = Math.max(most, rows.student(row)[i]);
      }
      if (rows.count() > 1 && most - least < 1) {
        return false;
      }
    }
    return true;
  }

  private static boolean bends(float[] z) {
    for (float a : z) {
      for (float b : z) {
        if (Math.abs(a - b - 0.7) < 0.04) {
          return true;
        }
      }
    }
    return false;
  }

  @Provide
  Arbitrary<Rows> rows() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 4), Arbitraries.integers().between(3, 8))
        .as((rows, classes) -> new int[] {rows, classes})
        .flatMap(
            size ->
                Combinators.combine(
                        answers(size[0], size[1]),
                        answers(size[0], size[1]),
                        Arbitraries.integers()
                            .between(0, size[1] - 1)
                            .array(int[].class)
                            .ofSize(size[0]))
                    .as(Rows::new));
  }

  private static Arbitrary<float[][]> answers(int rows, int classes) {
    return Arbitraries.floats()
        .between(-10, 10)
        .ofScale(3)
        .withoutEdgeCases()
        .array(float[].class)
        .ofSize(classes)
        .array(float[][].class)
        .ofSize(rows);
  }
}
