package io.sparkdistill.training;

import io.sparkdistill.config.AugmentationConfig;
import io.sparkdistill.examples.Distortion;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.math.SplitMix64;
import java.io.Serializable;

/**
 * Other inputs each time that a student learns from a row. What is random in them follows from the
 * seed, the step's draw and the row's place in its batch alone. Immutable and thread-safe.
 *
 * @param config how inputs are changed
 * @param seed of everything random
 */
record InputChanges(AugmentationConfig config, long seed) implements Serializable {
  /** Inputs as they are. */
  static InputChanges none() {
    return new InputChanges(AugmentationConfig.none(), 0);
  }

  /**
   * What changes batches of rows of one width.
   *
   * @throws BadInputException if images are to be changed, and rows of this width are none
   */
  InputChange of(int width) {
    if (!config.augments()) {
      return (features, rows, step) -> {};
    }
    Distortion distortion = Distortion.of(config, width, "training.augmentation");
    float[] input = new float[width];
    float[] seen = new float[width];
    return (features, rows, step) -> {
      // Another seed than that of what the step drops.
      SplitMix64 random = new SplitMix64(~step.seed(seed));
      for (int row = 0; row < rows; row++) {
        features.get(row * width, input);
        distortion.apply(input, random, seen);
        features.put(row * width, seen);
      }
    };
  }
}
