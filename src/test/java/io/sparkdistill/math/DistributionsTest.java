package io.sparkdistill.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** Laws of distributions, and the definitions computed without any care for size. */
class DistributionsTest {
  @Property(seed = "1")
  void softmaxSumsToOne(
      @ForAll("logits") float[] logits,
      @ForAll @DoubleRange(min = 0.01, max = 1000) double temperature) {
    double[] logP = Distributions.logSoftmax(logits, temperature);
    assertThat(Arrays.stream(logP).map(Math::exp).sum()).isCloseTo(1, within(1e-12));
    assertThat(logP).hasSameSizeAs(logits);
    for (double value : logP) {
      assertThat(value).isLessThanOrEqualTo(0);
    }
  }

  @Property(seed = "2")
  void softmaxIsItsDefinition(
      @ForAll("logits") float[] logits,
      @ForAll @DoubleRange(min = 0.5, max = 100) double temperature) {
    double[] logP = Distributions.logSoftmax(logits, temperature);
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit / temperature);
    }
    for (int i = 0; i < logits.length; i++) {
      assertThat(Math.exp(logP[i]))
          .isCloseTo(Math.exp(logits[i] / temperature) / sum, within(1e-12));
    }
  }

  /** Multiples of 1/8 below 2^20, so that adding the constant rounds nothing. */
  @Property(seed = "3")
  void softmaxIgnoresAConstantThatIsAddedToAll(
      @ForAll("eighths") float[] logits,
      @ForAll @IntRange(min = -10_000, max = 10_000) int constant,
      @ForAll @DoubleRange(min = 0.5, max = 20) double temperature) {
    float[] moved = new float[logits.length];
    for (int i = 0; i < logits.length; i++) {
      moved[i] = logits[i] + constant;
    }
    assertThat(Distributions.logSoftmax(moved, temperature))
        .containsExactly(Distributions.logSoftmax(logits, temperature));
  }

  @Property(seed = "4")
  void divergenceIsNotNegativeAndZeroOfItself(
      @ForAll("logits") float[] logits, @ForAll @DoubleRange(min = 0.5, max = 20) double t) {
    double[] logP = Distributions.logSoftmax(logits, t);
    double[] logQ = Distributions.logSoftmax(reversed(logits), t);
    assertThat(Distributions.kl(logP, logQ)).isGreaterThan(-1e-12);
    assertThat(Distributions.kl(logP, logP)).isZero();
  }

  @Property(seed = "5")
  void divergenceIsItsDefinition(
      @ForAll("logits") float[] logits, @ForAll @DoubleRange(min = 1, max = 20) double t) {
    float[] other = reversed(logits);
    double sumP = 0;
    double sumQ = 0;
    for (int i = 0; i < logits.length; i++) {
      sumP += Math.exp(logits[i] / t);
      sumQ += Math.exp(other[i] / t);
    }
    double expected = 0;
    for (int i = 0; i < logits.length; i++) {
      double p = Math.exp(logits[i] / t) / sumP;
      double q = Math.exp(other[i] / t) / sumQ;
      expected += p * Math.log(p / q);
    }
    assertThat(
            Distributions.kl(
                Distributions.logSoftmax(logits, t), Distributions.logSoftmax(other, t)))
        .isCloseTo(expected, within(1e-9 * (1 + expected)));
  }

  @Example
  void extremeLogitsGiveFiniteResults() {
    float[][] extremes = {
      {1e4f, -1e4f, 0}, {-1e4f, -1e4f, -1e4f}, {Float.MAX_VALUE, -Float.MAX_VALUE, 1}
    };
    for (float[] logits : extremes) {
      double[] logP = Distributions.logSoftmax(logits, 0.5);
      double[] logQ = Distributions.logSoftmax(reversed(logits), 0.5);
      for (double value : logP) {
        assertThat(value).isFinite();
      }
      assertThat(Distributions.kl(logP, logQ)).isFinite().isGreaterThanOrEqualTo(0);
    }
  }

  @Example
  void refusesTemperatureThatIsNotGreaterThanZero() {
    for (double temperature : new double[] {0, -1, Double.NaN}) {
      assertThatThrownBy(() -> Distributions.logSoftmax(new float[] {1, 2}, temperature))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Temperature must be greater than 0: " + temperature);
    }
  }

  @Example
  void firstOfEqualValuesIsTheLargest() {
    assertThat(Distributions.argMax(new float[] {1, 3, 3, 2})).isEqualTo(1);
    assertThat(Distributions.argMax(new float[] {0, 0})).isZero();
    assertThat(Distributions.argMax(new float[] {-5})).isZero();
  }

  @Provide
  Arbitrary<float[]> logits() {
    return Arbitraries.floats()
        .between(-50, 50)
        .ofScale(3)
        .array(float[].class)
        .ofMinSize(2)
        .ofMaxSize(12);
  }

  @Provide
  Arbitrary<float[]> eighths() {
    return Arbitraries.integers()
        .between(-400, 400)
        .map(eighth -> eighth / 8f)
        .array(float[].class)
        .ofMinSize(2)
        .ofMaxSize(12);
  }

  private static float[] reversed(float[] values) {
    float[] result = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = values[values.length - 1 - i];
    }
    return result;
  }
}
