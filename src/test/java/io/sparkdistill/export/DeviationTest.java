package io.sparkdistill.export;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When two runtimes give the same. */
class DeviationTest {
  @Test
  void roundingIsNoDifference() {
    Deviation deviation =
        Deviation.of(new float[] {1, 2, 500, 3}, new float[] {1.00005f, 2, 500.02f, 3}, 2);

    assertThat(deviation.isRounding()).isTrue();
    assertThat(deviation.largest()).isBetween(0.0199, 0.0201);
    assertThat(deviation.rows()).isEqualTo(2);
  }

  /** Products of features from 0 to 255 are rounded as such, whatever their sum. */
  @Test
  void smallLogitsBesideLargeOnesAreRoundedAsThose() {
    assertThat(Deviation.of(new float[] {300, 0.1f}, new float[] {300, 0.1003f}, 1).isRounding())
        .isTrue();
    assertThat(Deviation.of(new float[] {2, 0.1f}, new float[] {2, 0.1003f}, 1).beyond())
        .isEqualTo(1);
  }

  @Test
  void classesMayChangeOnlyWhereRoundingExplainsIt() {
    assertThat(Deviation.of(new float[] {1, 1.00001f}, new float[] {1, 0.99999f}, 1).otherClasses())
        .isZero();
    assertThat(Deviation.of(new float[] {1, 1.1f}, new float[] {1, 0.9f}, 1).otherClasses())
        .isEqualTo(1);
  }

  @Test
  void numbersThatAreNoneAreDifferences() {
    Deviation deviation = Deviation.of(new float[] {1, 2}, new float[] {Float.NaN, 2}, 1);

    assertThat(deviation.isRounding()).isFalse();
    assertThat(deviation.largest()).isInfinite();
  }

  @Test
  void partsAddUp() {
    Deviation sum = new Deviation(2, 0.5, 1, 0).plus(new Deviation(3, 0.2, 2, 1));

    assertThat(sum).isEqualTo(new Deviation(5, 0.5, 3, 1));
  }
}
