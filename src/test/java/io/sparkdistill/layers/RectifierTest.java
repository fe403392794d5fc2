package io.sparkdistill.layers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.impl.ActivationLReLU;

/** Activations that are a maximum. */
class RectifierTest {
  @Test
  void leakyReluIsOneWhereItIsNotSteeperLeftOfZero() {
    assertThat(Rectifier.of(new ActivationLReLU(0.01))).contains(new Rectifier(0.01f));
    assertThat(Rectifier.of(new ActivationLReLU(1))).contains(Rectifier.IDENTITY);
    assertThat(Rectifier.of(new ActivationLReLU(2))).isEmpty();
    assertThat(Rectifier.of(new ActivationLReLU(-0.5))).isEmpty();
  }
}
