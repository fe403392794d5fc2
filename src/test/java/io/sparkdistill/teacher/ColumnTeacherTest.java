package io.sparkdistill.teacher;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.config.AnswerKind;
import io.sparkdistill.examples.Example;
import io.sparkdistill.math.Distributions;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Answers that stand beside rows already. */
class ColumnTeacherTest {
  private static final float[] FEATURES = {7};

  @Test
  void logitsAreGivenAsTheyStand() {
    assertThat(answer(AnswerKind.LOGITS, 1, -2, 3)).containsExactly(1, -2, 3);
  }

  @Test
  void probabilitiesComeBackFromTheirLogarithms() {
    double[] log = Distributions.logSoftmax(answer(AnswerKind.PROBABILITIES, 0.7f, 0.1f, 0.2f), 1);

    assertThat(Math.exp(log[0])).isCloseTo(0.7, Offset.offset(1e-6));
    assertThat(Math.exp(log[1])).isCloseTo(0.1, Offset.offset(1e-6));
  }

  @Test
  void aProbabilityOfZeroHasAFiniteLogarithm() {
    float[] logits = answer(AnswerKind.PROBABILITIES, 1, 0, Float.MIN_VALUE);

    assertThat(logits[0]).isZero();
    assertThat(logits[1]).isEqualTo(-87.33655f).isEqualTo(logits[2]);
  }

  private static float[] answer(AnswerKind kind, float... answer) {
    try (Teacher teacher = new ColumnSpec("column a", kind, 1, 3).open(new byte[0])) {
      Teacher.Batch batch = teacher.batch(2);
      batch.put(0, new Example("other", 0, FEATURES, new float[] {9, 9, 9}));
      batch.score(1);
      batch.put(0, new Example("row", 0, FEATURES, answer));
      return batch.score(1).logits();
    }
  }
}
