package io.sparkdistill.training.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.layers.Step;
import io.sparkdistill.math.Distributions;
import io.sparkdistill.softtargets.SoftTarget;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Which of several teachers a student hears. */
class TeacherChoiceTest {
  private static final int ROWS = 4000;
  private static final TeacherChoice CHOICE = new TeacherChoice(List.of(3.0, 1.0), 7);

  @Test
  void teachersAreHeardInProportionToTheirWeights() {
    float[] chosen = CHOICE.of(targets(), ROWS, new Step(0, 0, 5));

    assertThat(chosen).hasSize(ROWS * 4);
    int first = 0;
    for (int row = 0; row < ROWS; row++) {
      // The label's class, whoever is heard.
      assertThat(chosen[row * 4 + row % 2]).isEqualTo(1);
      assertThat(chosen[row * 4 + 3]).isEqualTo(-chosen[row * 4 + 2]);
      first += chosen[row * 4 + 2] == 1 ? 1 : 0;
    }
    assertThat(first / (double) ROWS).isCloseTo(0.75, Offset.offset(0.03));
  }

  @Test
  void theSameStepHearsTheSameAndAnotherStepOthers() {
    float[] chosen = CHOICE.of(targets(), ROWS, new Step(0, 0, 5));

    assertThat(CHOICE.of(targets(), ROWS, new Step(9, 9, 5))).isEqualTo(chosen);
    assertThat(CHOICE.of(targets(), ROWS, new Step(0, 0, 6))).isNotEqualTo(chosen);
    assertThat(new TeacherChoice(List.of(3.0, 1.0), 8).of(targets(), ROWS, new Step(0, 0, 5)))
        .isNotEqualTo(chosen);
  }

  @Test
  void rowsThatAreHeldOutHaveTheMeanOfProbabilities() {
    float[] logits = {0, (float) Math.log(3), 0, 0};
    SoftTarget row = new SoftTarget("a", 0, 1, new float[] {1}, logits);

    double[] mean = Distributions.logSoftmax(CHOICE.mean(row).logits(), 1);

    assertThat(Math.exp(mean[0])).isCloseTo((3 * 0.25 + 0.5) / 4, Offset.offset(1e-6));
  }

  @Test
  void withoutAChoiceNothingIsCopied() {
    float[] targets = targets();

    assertThat(TeacherChoice.none().of(targets, ROWS, new Step(0, 0, 5))).isSameAs(targets);
  }

  /** Two classes and two teachers: one says 1 and -1, the other 2 and -2. */
  private static float[] targets() {
    float[] targets = new float[ROWS * 8];
    for (int row = 0; row < ROWS; row++) {
      targets[row * 8 + row % 2] = 1;
      targets[row * 8 + 4] = 1;
      targets[row * 8 + 5] = -1;
      targets[row * 8 + 6] = 2;
      targets[row * 8 + 7] = -2;
    }
    return targets;
  }
}
