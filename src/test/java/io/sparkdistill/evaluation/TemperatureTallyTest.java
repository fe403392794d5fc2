package io.sparkdistill.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkdistill.math.SplitMix64;
import io.sparkdistill.softtargets.SoftTarget;
import org.junit.jupiter.api.Test;

/** The temperature that calibrates a model. */
class TemperatureTallyTest {
  private static final int CLASSES = 4;

  @Test
  void findsByWhatLogitsWereMultipliedAndMendsTheCalibration() {
    SplitMix64 random = new SplitMix64(1);
    TemperatureTally tally = new TemperatureTally();
    for (int i = 0; i < 6000; i++) {
      float[] logits = new float[CLASSES];
      double[] p = new double[CLASSES];
      double sum = 0;
      for (int c = 0; c < CLASSES; c++) {
        double logit = random.nextGaussian();
        logits[c] = (float) (3 * logit);
        p[c] = Math.exp(logit);
        sum += p[c];
      }
      double left = random.nextUnit() * sum;
      int label = 0;
      while (label < CLASSES - 1 && left >= p[label]) {
        left -= p[label++];
      }
      tally.add(Answer.of(logits), row("row-" + i, label));
    }

    TemperatureScaling scaling = tally.scaling().orElseThrow();
    assertThat(scaling.temperature()).isCloseTo(3, within(0.3));
    assertThat(scaling.fittedRows() + scaling.rows()).isEqualTo(6000);
    assertThat(scaling.rows()).isBetween(2700L, 3300L);
    assertThat(scaling.nll()).isLessThan(scaling.nllBefore());
    assertThat(scaling.brier()).isLessThan(scaling.brierBefore());
    assertThat(scaling.ece()).isLessThan(0.05).isLessThan(scaling.eceBefore() / 4);
    assertThat(scaling.reliability().stream().mapToLong(ReliabilityBin::rows).sum())
        .isEqualTo(scaling.rows());
  }

  @Test
  void temperaturesGoFromAnEighthToEightAndOneIsAmongThem() {
    assertThat(TemperatureTally.temperature(0)).isEqualTo(0.125);
    assertThat(TemperatureTally.temperature(48)).isEqualTo(1);
    assertThat(TemperatureTally.temperature(96)).isEqualTo(8);
    assertThat(TemperatureTally.temperature(49) / TemperatureTally.temperature(48))
        .isCloseTo(1.0443, within(1e-4));
  }

  @Test
  void oneRowIsNoHalfOfAnything() {
    TemperatureTally tally = new TemperatureTally();
    tally.add(Answer.of(new float[CLASSES]), row("a", 0));
    assertThat(tally.scaling()).isEmpty();
  }

  private static SoftTarget row(String id, int label) {
    return new SoftTarget(id, 0, label, new float[0], new float[CLASSES]);
  }
}
