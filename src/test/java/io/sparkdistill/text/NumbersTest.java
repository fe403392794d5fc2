package io.sparkdistill.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Numbers as people read them. */
class NumbersTest {
  @Test
  void bytesHaveThreeDigits() {
    assertThat(Numbers.bytes(0)).isEqualTo("0 B");
    assertThat(Numbers.bytes(999)).isEqualTo("999 B");
    assertThat(Numbers.bytes(9_995)).isEqualTo("10.0 kB");
    assertThat(Numbers.bytes(998_657)).isEqualTo("999 kB");
    assertThat(Numbers.bytes(999_999)).isEqualTo("1.00 MB");
    assertThat(Numbers.bytes(Long.MAX_VALUE)).isEqualTo("9.22 EB");
  }

  @Test
  void smallDecimalsKeepTheirDigits() {
    assertThat(Numbers.decimal(0)).isEqualTo("0.0000");
    assertThat(Numbers.decimal(0.0862)).isEqualTo("0.0862");
    assertThat(Numbers.decimal(0.00004217)).isEqualTo("0.000042");
    assertThat(Numbers.decimal(0.00099999)).isEqualTo("0.0010");
    assertThat(Numbers.decimal(4.217e-9)).isEqualTo("4.22e-09");
    assertThat(Numbers.decimal(Double.NaN)).isEqualTo("–");
  }

  @Test
  void probabilitiesThatAreTooSmallToShowAreBounded() {
    assertThat(Numbers.p(3e-17)).isEqualTo("p\u00a0<\u00a00.0001");
    assertThat(Numbers.p(0.031)).isEqualTo("p\u00a0=\u00a00.0310");
  }

  @Test
  void sharesHaveNoSpaceBeforeTheirSign() {
    assertThat(Numbers.percent(0.97484)).isEqualTo("97.48%");
    assertThat(Numbers.percent(Double.NaN)).isEqualTo("–");
    assertThat(Numbers.range(0.855, 0.94, Numbers::percent)).isEqualTo("85.50%–94.00%");
  }
}
