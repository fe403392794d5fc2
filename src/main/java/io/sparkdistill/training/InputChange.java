package io.sparkdistill.training;

import io.sparkdistill.layers.Step;
import java.nio.FloatBuffer;

/** Changes the inputs of one batch after the other. Not thread-safe. */
interface InputChange {
  /**
   * Changes them in their place.
   *
   * @param features of the batch, row by row
   * @param rows how many of them
   * @param step which one it is; what is random follows from it
   */
  void apply(FloatBuffer features, int rows, Step step);
}
