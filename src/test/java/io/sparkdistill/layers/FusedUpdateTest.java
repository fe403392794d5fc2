package io.sparkdistill.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

/** Blocks are a matter of speed alone. */
class FusedUpdateTest {
  // Several blocks, and a part of one.
  private static final int LENGTH = 1003;
  private static final int ROWS = 3;

  static Stream<IUpdater> updaters() {
    return Stream.of(new Sgd(0.05), new Nesterovs(0.05, 0.9), new Adam(0.001));
  }

  @ParameterizedTest
  @MethodSource("updaters")
  void blocksGiveTheNumbersOfTheWholeBitForBit(IUpdater updater) {
    UpdateRule rule = UpdateRule.of(updater).orElseThrow();
    float[] parameters = numbers(1);
    float[] first = numbers(2);
    float[] second = new float[LENGTH];
    float[] fused = parameters.clone();
    float[] fusedStates = new float[rule.states() * LENGTH];
    System.arraycopy(first, 0, fusedStates, 0, rule.states() > 0 ? LENGTH : 0);
    for (int number = 0; number < 3; number++) {
      Step step = new Step(number, number, number);
      float[] gradients = numbers(3 + number);
      FusedUpdate.of(
              rule,
              FloatBuffer.wrap(fused),
              FloatBuffer.wrap(gradients.clone()),
              FloatBuffer.wrap(fusedStates))
          .apply(step, ROWS);
      for (int i = 0; i < LENGTH; i++) {
        gradients[i] *= 1f / ROWS;
      }
      rule.at(step).apply(parameters, gradients, first, second, LENGTH);
    }
    assertThat(fused).isEqualTo(parameters);
    for (int i = 0; i < LENGTH; i++) {
      if (rule.states() > 0) {
        assertThat(fusedStates[i]).isEqualTo(first[i]);
      }
      if (rule.states() > 1) {
        assertThat(fusedStates[LENGTH + i]).isEqualTo(second[i]);
      }
    }
  }

  private static float[] numbers(long seed) {
    Random random = new Random(seed);
    float[] numbers = new float[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }
}
