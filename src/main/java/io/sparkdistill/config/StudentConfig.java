package io.sparkdistill.config;

import java.util.List;

/**
 * A multilayer perceptron.
 *
 * @param hidden units of each hidden layer
 * @param activation of the hidden layers
 */
public record StudentConfig(List<Integer> hidden, Activation activation) {
  /** Copies the list. */
  public StudentConfig {
    hidden = List.copyOf(hidden);
  }

  /** Activations that hidden layers may have. */
  public enum Activation {
    RELU,
    LEAKYRELU,
    ELU,
    GELU,
    SWISH,
    TANH,
    SIGMOID
  }
}
