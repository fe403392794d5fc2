package io.sparkdistill.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;

/** The loss against its formula, the gradient against differences of the loss. */
class HintonObjectiveTest {
  private static final float STEP = 1f / 64;

  @Property(seed = "1")
  void valueIsTheFormula(
      @ForAll("rows") Row row,
      @ForAll @DoubleRange(min = 0.5, max = 20) double temperature,
      @ForAll @DoubleRange(min = 0, max = 1) double softWeight) {
    double expected =
        softWeight * temperature * temperature * divergence(row, temperature)
            + (1 - softWeight) * crossEntropy(row);
    assertThat(row.loss(temperature, softWeight))
        .isCloseTo(expected, within(1e-7 * (1 + expected)));
  }

  @Property(seed = "2")
  void gradientIsTheSlopeOfTheValue(
      @ForAll("rows") Row row,
      @ForAll @DoubleRange(min = 0.5, max = 20) double temperature,
      @ForAll @DoubleRange(min = 0, max = 1) double softWeight) {
    float[] gradient = row.gradient(temperature, softWeight);
    for (int i = 0; i < gradient.length; i++) {
      float[] above = row.student.clone();
      float[] below = row.student.clone();
      above[i] += STEP;
      below[i] -= STEP;
      double slope =
          (row.with(above).loss(temperature, softWeight)
                  - row.with(below).loss(temperature, softWeight))
              / ((double) above[i] - below[i]);
      assertThat((double) gradient[i]).isCloseTo(slope, within(2e-4));
    }
  }

  @Property(seed = "3")
  void gradientOfARowSumsToZero(
      @ForAll("rows") Row row,
      @ForAll @DoubleRange(min = 0.5, max = 20) double temperature,
      @ForAll @DoubleRange(min = 0, max = 1) double softWeight) {
    double sum = 0;
    for (float value : row.gradient(temperature, softWeight)) {
      sum += value;
    }
    assertThat(sum).isCloseTo(0, within(1e-4));
  }

  @Property(seed = "4")
  void withoutSoftWeightItIsCrossEntropyWhateverTheTeacherSays(
      @ForAll("rows") Row row, @ForAll @DoubleRange(min = 0.5, max = 20) double temperature) {
    assertThat(row.loss(temperature, 0)).isCloseTo(crossEntropy(row), within(1e-9));
    Row other = new Row(row.student, row.student, row.label);
    assertThat(other.loss(temperature, 0)).isEqualTo(row.loss(temperature, 0));
    assertThat(other.gradient(temperature, 0)).containsExactly(row.gradient(temperature, 0));
  }

  @Property(seed = "5")
  void withoutHardWeightAStudentLikeItsTeacherHasNothingToLearn(
      @ForAll("rows") Row row, @ForAll @DoubleRange(min = 0.5, max = 20) double temperature) {
    Row equal = new Row(row.teacher, row.teacher, row.label);
    assertThat(equal.loss(temperature, 1)).isZero();
    assertThat(equal.gradient(temperature, 1)).containsOnly(0f);
  }

  @Example
  void extremeLogitsGiveFiniteValuesAndGradients() {
    float[][] extremes = {
      {1e4f, -1e4f, 1e4f}, {7, 7, 7}, {0, 1e4f, 0}, {-1e4f, 0, 0}, {1e30f, -1e30f, 0}
    };
    for (float[] student : extremes) {
      for (float[] teacher : extremes) {
        for (double temperature : new double[] {0.5, 1, 20}) {
          Row row = new Row(student, teacher, 1);
          assertThat(row.loss(temperature, 0.5)).isFinite().isGreaterThanOrEqualTo(-1e-9);
          for (float value : row.gradient(temperature, 0.5)) {
            assertThat(value).isFinite();
          }
        }
      }
    }
  }

  @Example
  void onlyTheRowThatIsAskedForIsReadAndWritten() {
    HintonObjective objective = new HintonObjective(2, 0.5);
    float[] targets = {1, 0, 3, 1, 0, 1, -2, 4};
    float[] logits = {0.5f, -1, 2, 1};
    float[] gradient = {9, 9, 9, 9};

    double second = objective.row(targets, logits, 1, 2, gradient);

    assertThat(Arrays.copyOf(gradient, 2)).containsExactly(9, 9);
    float[] alone = new float[2];
    assertThat(
            objective.row(
                Arrays.copyOfRange(targets, 4, 8), Arrays.copyOfRange(logits, 2, 4), 0, 2, alone))
        .isEqualTo(second);
    assertThat(Arrays.copyOfRange(gradient, 2, 4)).containsExactly(alone);
  }

  @Provide
  Arbitrary<Row> rows() {
    return Arbitraries.integers()
        .between(2, 10)
        .flatMap(
            classes ->
                Combinators.combine(
                        logits(classes),
                        logits(classes),
                        Arbitraries.integers().between(0, classes - 1))
                    .as(Row::new));
  }

  private static Arbitrary<float[]> logits(int classes) {
    return Arbitraries.floats()
        .between(-20, 20)
        .ofScale(3)
        .withoutEdgeCases()
        .array(float[].class)
        .ofSize(classes);
  }

  private static double divergence(Row row, double temperature) {
    double[] p = softmax(row.teacher, temperature);
    double[] q = softmax(row.student, temperature);
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      sum += p[i] * Math.log(p[i] / q[i]);
    }
    return sum;
  }

  private static double crossEntropy(Row row) {
    return -Math.log(softmax(row.student, 1)[row.label]);
  }

  private static double[] softmax(float[] logits, double temperature) {
    double[] result = new double[logits.length];
    double sum = 0;
    for (int i = 0; i < result.length; i++) {
      result[i] = Math.exp(logits[i] / temperature);
      sum += result[i];
    }
    for (int i = 0; i < result.length; i++) {
      result[i] /= sum;
    }
    return result;
  }

  /** A student's and a teacher's answer to one row, and the right one. */
  private static final class Row {
    private final float[] student;
    private final float[] teacher;
    private final int label;

    Row(float[] student, float[] teacher, int label) {
      this.student = student;
      this.teacher = teacher;
      this.label = label;
    }

    Row with(float[] other) {
      return new Row(other, teacher, label);
    }

    double loss(double temperature, double softWeight) {
      return evaluate(temperature, softWeight, new float[student.length]);
    }

    float[] gradient(double temperature, double softWeight) {
      float[] gradient = new float[student.length];
      evaluate(temperature, softWeight, gradient);
      return gradient;
    }

    private double evaluate(double temperature, double softWeight, float[] gradient) {
      int classes = student.length;
      float[] targets = new float[2 * classes];
      targets[label] = 1;
      System.arraycopy(teacher, 0, targets, classes, classes);
      return new HintonObjective(temperature, softWeight)
          .row(targets, student, 0, classes, gradient);
    }

    @Override
    public String toString() {
      return Arrays.toString(student) + " " + Arrays.toString(teacher) + " " + label;
    }
  }
}
