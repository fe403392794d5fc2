package io.sparkdistill.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Ranges that 256 steps are to cover. */
class ValueTallyTest {
  @Test
  void theWholeRangeIsFromTheLeastToTheMost() {
    ValueRange range = tally(-1, 0.5f, 3).range(1);

    assertThat(range).isEqualTo(new ValueRange(-1, 3));
    assertThat(range.scale()).isCloseTo(4 / 255f, within(1e-7f));
    assertThat(Byte.toUnsignedInt(range.zeroPoint())).isEqualTo(64);
  }

  @Test
  void rareValuesAtTheEndsAreGivenUp() {
    float[] values = new float[1000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i / 1000f;
    }
    values[999] = 100;

    assertThat(tally(values).range(0.99).most()).isLessThan(1.1f);
    assertThat(tally(values).range(1).most()).isEqualTo(100);
  }

  @Test
  void zeroIsAlwaysAStep() {
    assertThat(tally(2, 3).range(1)).isEqualTo(new ValueRange(0, 3));
    assertThat(tally(-2, -3).range(1).zeroPoint()).isEqualTo((byte) 255);
    assertThat(tally(0, 0).range(1).scale()).isEqualTo(1);
  }

  private static ValueTally tally(float... values) {
    ValueTally tally = new ValueTally();
    tally.widen(values);
    tally.count(values);
    return tally;
  }
}
