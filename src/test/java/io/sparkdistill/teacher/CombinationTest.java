package io.sparkdistill.teacher;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.config.EnsembleConfig;
import io.sparkdistill.config.EnsembleConfig.Combine;
import io.sparkdistill.config.TeacherConfig;
import io.sparkdistill.config.TeacherSource;
import io.sparkdistill.math.Distributions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What several teachers say together. */
class CombinationTest {
  private static final Offset<Double> CLOSE = Offset.offset(1e-6);
  private static final float[] SURE = logits(0.9, 0.05, 0.05);
  private static final float[] UNSURE = logits(0.2, 0.5, 0.3);

  @Test
  void whoeverChoosesAmongTeachersGoesByTheirOrder() {
    for (Combine combine : Combine.values()) {
      Combination combination =
          Combination.ofTraining(
              new EnsembleConfig(combine), List.of(teacher(1), teacher(1)), SURE.length);
      List<float[]> there = List.of(new float[] {0, 3, 1}, new float[] {3, 0, 1});
      List<float[]> back = List.of(there.get(1), there.get(0));
      assertThat(combination.isOrdered())
          .as(combine.name())
          .isEqualTo(!Arrays.equals(combination.of(there, 2), combination.of(back, 2)));
    }
  }

  @Test
  void probabilitiesAreAveragedByWeight() {
    assertProbabilities(
        combined(Combine.PROBABILITIES, 0, teacher(3), teacher(1)),
        (3 * 0.9 + 0.2) / 4,
        (3 * 0.05 + 0.5) / 4,
        (3 * 0.05 + 0.3) / 4);
  }

  @Test
  void classesHaveWeightsOfTheirOwn() {
    double[] expected = {2 * 0.9, 2 * 0.05 + 0.5, 0.3};
    double sum = Arrays.stream(expected).sum();

    assertProbabilities(
        combined(Combine.PROBABILITIES, 0, teacher(2, 1.0, 1.0, 0.0), teacher(1, 0.0, 1.0, 1.0)),
        expected[0] / sum,
        expected[1] / sum,
        expected[2] / sum);
  }

  @Test
  void logitsAreAveragedToTheGeometricMean() {
    double[] expected = {
      Math.cbrt(0.9 * 0.9 * 0.2), Math.cbrt(0.05 * 0.05 * 0.5), Math.cbrt(0.05 * 0.05 * 0.3)
    };
    double sum = Arrays.stream(expected).sum();

    assertProbabilities(
        combined(Combine.LOGITS, 0, teacher(2), teacher(1)),
        expected[0] / sum,
        expected[1] / sum,
        expected[2] / sum);
  }

  @Test
  void theMostConfidentTeacherSpeaksAlone() {
    assertThat(combined(Combine.CONFIDENCE, 1, teacher(1), teacher(1))).isSameAs(SURE);
  }

  @Test
  void theTeacherSpeaksThatKnowsTheLabelBest() {
    assertThat(combined(Combine.LABEL, 1, teacher(1), teacher(1))).isSameAs(UNSURE);
    assertThat(combined(Combine.LABEL, 0, teacher(1), teacher(1))).isSameAs(SURE);
  }

  @Test
  void noLabelDecidesForTestRows() {
    EnsembleConfig config = new EnsembleConfig(Combine.LABEL);
    List<TeacherConfig> teachers = List.of(teacher(1), teacher(1));

    assertProbabilities(
        Combination.ofTest(config, teachers, 3).of(List.of(SURE, UNSURE), 1), 0.55, 0.275, 0.175);
  }

  @Test
  void oneTeacherThatKnowsAClassIsEnough() {
    float[] combined =
        Combination.ofTraining(
                new EnsembleConfig(Combine.PROBABILITIES),
                List.of(teacher(1, 1.0, 0.0), teacher(1, 0.0, 1.0)),
                2)
            .of(List.of(new float[] {1e4f, -1e4f}, new float[] {1e4f, -1e4f}), 0);

    assertThat(combined[0]).isFinite();
    assertThat(combined[1]).isFinite();
  }

  @Property(seed = "1", tries = 200)
  void constantsOfATeacherChangeNothing(
      @ForAll @Size(3) List<@FloatRange(min = -50, max = 50) Float> one,
      @ForAll @Size(3) List<@FloatRange(min = -50, max = 50) Float> other,
      @ForAll @FloatRange(min = -50, max = 50) float constant,
      @ForAll Combine combine) {
    // Answers of teachers that take turns are not combined.
    Assume.that(combine != Combine.RANDOM);
    Combination combination =
        Combination.ofTraining(new EnsembleConfig(combine), List.of(teacher(1), teacher(1)), 3);
    float[] first = array(one, 0);
    float[] shifted = array(one, constant);
    float[] second = array(other, 0);
    if (combine == Combine.CONFIDENCE || combine == Combine.LABEL) {
      // Where both are about as good, the last bit decides.
      double[] p = Distributions.logSoftmax(first, 1);
      double[] q = Distributions.logSoftmax(second, 1);
      double gap =
          combine == Combine.LABEL
              ? p[2] - q[2]
              : p[Distributions.argMax(first)] - q[Distributions.argMax(second)];
      Assume.that(Math.abs(gap) >= 1e-3);
    }

    double[] plain = Distributions.logSoftmax(combination.of(List.of(first, second), 2), 1);
    double[] moved = Distributions.logSoftmax(combination.of(List.of(shifted, second), 2), 1);

    for (int c = 0; c < 3; c++) {
      assertThat(moved[c]).isCloseTo(plain[c], Offset.offset(1e-3));
    }
  }

  private static float[] combined(Combine combine, int label, TeacherConfig... teachers) {
    return Combination.ofTraining(new EnsembleConfig(combine), List.of(teachers), 3)
        .of(List.of(SURE, UNSURE), label);
  }

  private static void assertProbabilities(float[] logits, double... expected) {
    double[] log = Distributions.logSoftmax(logits, 1);
    for (int c = 0; c < expected.length; c++) {
      assertThat(Math.exp(log[c])).as("class " + c).isCloseTo(expected[c], CLOSE);
    }
  }

  private static TeacherConfig teacher(double weight, Double... classWeights) {
    return new TeacherConfig(
        "teachers[0]",
        Optional.of("a"),
        new TeacherSource.Dl4j("s.zip"),
        "features",
        weight,
        List.of(classWeights));
  }

  /** Up to a constant. */
  private static float[] logits(double... probabilities) {
    float[] logits = new float[probabilities.length];
    for (int c = 0; c < logits.length; c++) {
      logits[c] = (float) Math.log(probabilities[c]) + 7;
    }
    return logits;
  }

  private static float[] array(List<Float> values, float constant) {
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i) + constant;
    }
    return array;
  }
}
