package io.sparkdistill.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Numbers at the axes of charts. */
class ChartNumbersTest {
  @Test
  void ticksAreShort() {
    assertThat(ChartNumbers.tick(0, 7)).isEqualTo("0.0000");
    assertThat(ChartNumbers.tick(1_200, 0)).isEqualTo("1,200");
    assertThat(ChartNumbers.tick(1.5e6, 0)).isEqualTo("1.5e6");
    assertThat(ChartNumbers.tick(2e-5, 5)).isEqualTo("2e-5");
    assertThat(ChartNumbers.tick(-1.25e-12, 14)).isEqualTo("-1.25e-12");
    assertThat(ChartNumbers.tick(1e10, 0)).isEqualTo("1e10");
  }
}
