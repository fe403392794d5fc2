package io.sparkdistill.layers;

import java.util.Optional;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;

/**
 * max(x, slope x): ReLU with slope 0, leaky ReLU, or the identity with slope 1. It does not fall
 * anywhere, so it commutes with a maximum, and its derivative follows from its value. Immutable.
 *
 * @param slope left of zero, 0 to 1
 */
record Rectifier(float slope) {
  static final Rectifier IDENTITY = new Rectifier(1);

  private static final float LIFT = 1e38f;

  static Optional<Rectifier> of(IActivation activation) {
    if (activation instanceof ActivationIdentity) {
      return Optional.of(IDENTITY);
    }
    if (activation instanceof ActivationReLU relu
        && isZero(relu.getMax())
        && isZero(relu.getThreshold())
        && isZero(relu.getNegativeSlope())) {
      return Optional.of(new Rectifier(0));
    }
    if (activation instanceof ActivationLReLU leaky
        && leaky.getAlpha() >= 0
        && leaky.getAlpha() <= 1) {
      return Optional.of(new Rectifier((float) leaky.getAlpha()));
    }
    return Optional.empty();
  }

  private static boolean isZero(Double value) {
    return value == null || value == 0;
  }

  boolean isIdentity() {
    return slope == 1;
  }

  float of(float value) {
    return value > 0 ? value : slope * value;
  }

  /** Multiplies gradients by activations with the derivative there: then they are those before. */
  void backward(float[] deltas, float[] activations, int from, int end) {
    if (isIdentity()) {
      return;
    }
    float left = slope;
    for (int i = from; i < end; i++) {
      // Without a branch, which no processor could predict. Twice lifts even the least number to 1.
      float step = activations[i] * LIFT * LIFT;
      deltas[i] *= Math.min(1, Math.max(step, left));
    }
  }

  /** The derivative where the activation has this value. */
  float derivative(float activation) {
    return activation > 0 ? 1 : slope;
  }
}
