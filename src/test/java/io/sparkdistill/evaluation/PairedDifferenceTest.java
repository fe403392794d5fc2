package io.sparkdistill.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** What chance has to do with the difference of two models' losses. */
class PairedDifferenceTest {
  /** The differences 1, 2, 3 and 4 have t = 3.873 with 3 degrees of freedom. */
  @Test
  void meansAreComparedByStudentsTest() {
    assertThat(of(1, 2, 3, 4).pValue()).isCloseTo(0.030466, within(1e-6));
    assertThat(of(-1, -2, -3, -4).pValue()).isCloseTo(0.030466, within(1e-6));
    assertThat(of(-1, 1, -2, 2).pValue()).isEqualTo(1);
  }

  @Test
  void sameDifferenceInAllRowsIsNoChanceAndNoneIsNoDifference() {
    assertThat(of(0.5, 0.5, 0.5, 0.5).pValue()).isZero();
    assertThat(of(0, 0, 0).pValue()).isEqualTo(1);
    assertThat(of(3).pValue()).isEqualTo(1);
    assertThat(of().pValue()).isEqualTo(1);
  }

  @Test
  void noNumberIsNoEvidence() {
    assertThat(of(1, Double.NaN, 3).pValue()).isEqualTo(1);
    assertThat(of(1, Double.POSITIVE_INFINITY, 3).pValue()).isEqualTo(1);
  }

  @Test
  void partsAddUp() {
    PairedDifference sum = of(1, 2);
    sum.addAll(of(3, 4));
    assertThat(sum.pValue()).isEqualTo(of(1, 2, 3, 4).pValue());
  }

  private static PairedDifference of(double... differences) {
    PairedDifference sum = new PairedDifference();
    for (double difference : differences) {
      sum.add(difference);
    }
    return sum;
  }
}
