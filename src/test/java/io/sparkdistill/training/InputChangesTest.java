package io.sparkdistill.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.AugmentationConfig;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.layers.Step;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a student sees of the rows of a batch. */
class InputChangesTest {
  /** Two images of three by three, with a pixel in the middle, and a row that is not changed. */
  private static final float[] BATCH = {
    0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9
  };

  private static final AugmentationConfig SHIFT = new AugmentationConfig(1, false, 0, List.of());

  @Test
  void seedStepAndPlaceDecideWhatIsSeen() {
    assertThat(seen(SHIFT, 1, 9)).containsExactly(seen(SHIFT, 1, 9));
    assertThat(noise(1, 9)).isNotEqualTo(noise(2, 9)).isNotEqualTo(noise(1, 10));
    float[] noise = noise(1, 9);
    assertThat(noise[0]).isNotEqualTo(noise[9]);
  }

  @Test
  void everyRowOfTheBatchIsMovedAloneAndRowsBehindThemAreNot() {
    Set<List<Integer>> places = new HashSet<>();
    for (int draw = 0; draw < 2000; draw++) {
      float[] seen = seen(SHIFT, 1, draw);
      places.add(List.of(indexOf(seen, 5), indexOf(seen, 7)));
      assertThat(Arrays.copyOfRange(seen, 18, 27)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
    }
    assertThat(places).hasSize(81);
  }

  @Test
  void inputsStayAsTheyAreWithoutAugmentation() {
    assertThat(seen(AugmentationConfig.none(), 1, 9)).containsExactly(BATCH);
  }

  @Test
  void refusesToShiftWhatIsNoImage() {
    assertThatThrownBy(() -> new InputChanges(SHIFT, 1).of(10))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "Cannot augment rows of 10 features, they are no images of a square. Set"
                + " training.augmentation.image to what they are, or shift to 0 and flip to"
                + " false.");
  }

  private static float[] noise(long seed, long draw) {
    return seen(new AugmentationConfig(0, false, 1, List.of()), seed, draw);
  }

  private static float[] seen(AugmentationConfig config, long seed, long draw) {
    float[] batch = BATCH.clone();
    new InputChanges(config, seed).of(9).apply(FloatBuffer.wrap(batch), 2, new Step(0, 0, draw));
    return batch;
  }

  private static int indexOf(float[] values, float wanted) {
    for (int i = 0; i < 18; i++) {
      if (values[i] == wanted) {
        return i;
      }
    }
    return -1;
  }
}
