package io.sparkdistill.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The paired test, against numbers that were computed by other means. */
class McNemarTest {
  @Example
  void fewRowsAreTestedExactly() {
    McNemar ten = McNemar.of(10, 2);
    assertThat(ten.test()).isEqualTo(PairedTest.EXACT);
    assertThat(ten.pValue()).isCloseTo(0.03857421875, within(1e-9));
    assertThat(ten.statistic()).isCloseTo(49 / 12.0, within(1e-6));
    assertThat(McNemar.of(20, 45).pValue()).isCloseTo(0.0026263768, within(1e-10));
    assertThat(McNemar.of(0, 3).pValue()).isCloseTo(0.25, within(1e-9));
  }

  @Example
  void whatIsHardlyPossibleIsNotRoundedToImpossible() {
    assertThat(McNemar.of(208, 56).pValue()).isCloseTo(9.7482347e-22, within(1e-28));
    assertThat(McNemar.of(19, 222).pValue()).isCloseTo(4.4477514e-45, within(1e-51));
  }

  @Example
  void manyRowsAreTestedByChiSquare() {
    McNemar many = McNemar.of(5000, 5200);
    assertThat(many.test()).isEqualTo(PairedTest.CHI_SQUARE);
    assertThat(many.statistic()).isCloseTo(3.882451, within(1e-6));
    assertThat(many.pValue()).isCloseTo(0.0487933, within(1e-6));
  }

  @Example
  void bothMethodsMeet() {
    assertThat(McNemar.of(4900, 5101).pValue())
        .isCloseTo(McNemar.of(4900, 5100).pValue(), within(0.002));
  }

  @Example
  void equalModelsDifferByChance() {
    assertThat(McNemar.of(0, 0)).isEqualTo(new McNemar(PairedTest.EXACT, 0, 1));
    assertThat(McNemar.of(7, 7).pValue()).isEqualTo(1);
  }

  @Property(seed = "1", tries = 100)
  void sidesDoNotMatterAndLargerDifferencesAreLessProbable(
      @ForAll @IntRange(max = 6000) int one, @ForAll @IntRange(max = 6000) int other) {
    McNemar test = McNemar.of(one, other);
    assertThat(McNemar.of(other, one)).isEqualTo(test);
    assertThat(test.pValue()).isBetween(0.0, 1.0);
    int more = Math.max(one, other) + 50;
    if (one + other + 50 <= 10_000) {
      assertThat(McNemar.of(more, Math.min(one, other)).pValue())
          .isLessThanOrEqualTo(test.pValue());
    }
  }
}
