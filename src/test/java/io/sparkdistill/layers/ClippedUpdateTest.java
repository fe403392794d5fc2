package io.sparkdistill.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Gradients are never longer than the limit, and shorter ones are left alone. */
class ClippedUpdateTest {
  private static final Step STEP = new Step(0, 0, 0);

  @Property(seed = "1")
  void lengthOfTheMeanIsAtMostTheLimitAndItsDirectionStays(
      @ForAll @Size(min = 1, max = 20) List<@FloatRange(min = -100, max = 100) Float> drawn,
      @ForAll @IntRange(min = 1, max = 50) int rows) {
    float[] gradients = new float[drawn.size()];
    for (int i = 0; i < gradients.length; i++) {
      gradients[i] = drawn.get(i);
    }
    float[] clipped = gradients.clone();
    clip(clipped, new BitSet(), 1.5, rows);
    double before = norm(gradients) / rows;
    if (before <= 1.5) {
      assertThat(clipped).containsExactly(gradients);
    } else {
      assertThat(norm(clipped) / rows).isCloseTo(1.5, within(1e-5));
      for (int i = 0; i < clipped.length; i++) {
        assertThat(clipped[i] * before).isCloseTo(gradients[i] * 1.5, within(1e-3));
      }
    }
  }

  @Example
  void statisticsAreNoGradients() {
    float[] gradients = {3, 1000, 4};
    BitSet second = new BitSet();
    second.set(1);
    clip(gradients, second, 1, 1);
    assertThat(gradients).containsExactly(new float[] {0.6f, 1000, 0.8f}, within(1e-6f));
  }

  private static void clip(float[] gradients, BitSet statistics, double longest, int rows) {
    boolean[] applied = new boolean[1];
    new ClippedUpdate(
            (step, count) -> applied[0] = step.equals(STEP) && count == rows,
            FloatBuffer.wrap(gradients),
            statistics,
            longest)
        .apply(STEP, rows);
    assertThat(applied[0]).isTrue();
  }

  private static double norm(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }
}
