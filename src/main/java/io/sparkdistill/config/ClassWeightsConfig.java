package io.sparkdistill.config;

import java.util.List;

/** How much the label of each class counts. */
public sealed interface ClassWeightsConfig {
  /**
   * All classes alike.
   *
   * @return the default
   */
  static ClassWeightsConfig equal() {
    return new Given(List.of());
  }

  /**
   * Numbers.
   *
   * @param weights C factors of cross-entropy, 0 or more; none where all are 1
   */
  record Given(List<Double> weights) implements ClassWeightsConfig {
    /** Copies the list. */
    public Given {
      weights = List.copyOf(weights);
    }

    @Override
    public String toString() {
      return weights.toString();
    }
  }

  /**
   * N / (C N[c]) for a class with N[c] of the N labels, so that classes count alike and a label
   * counts 1 on average: King and Zeng, "Logistic Regression in Rare Events Data" (2001), section
   * 4.2, as scikit-learn has it.
   */
  record Balanced() implements ClassWeightsConfig {
    @Override
    public String toString() {
      return "balanced";
    }
  }
}
