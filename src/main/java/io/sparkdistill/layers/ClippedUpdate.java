package io.sparkdistill.layers;

import java.nio.FloatBuffer;
import java.util.BitSet;

/**
 * Shortens the mean gradient before another update takes it, if it is too long over all parameters
 * together (Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks",
 * 2013, algorithm 1). Not thread-safe.
 */
final class ClippedUpdate implements ParameterUpdate {
  private final ParameterUpdate update;
  private final FloatBuffer gradients;
  private final BitSet statistics;
  private final double longest;

  /**
   * An update.
   *
   * @param gradients summed over the rows
   * @param statistics places where no gradients stand, but changes of means and variances
   * @param longest L2 norm of the mean gradient
   */
  ClippedUpdate(ParameterUpdate update, FloatBuffer gradients, BitSet statistics, double longest) {
    this.update = update;
    this.gradients = gradients;
    this.statistics = statistics;
    this.longest = longest;
  }

  @Override
  public void apply(Step step, int rows) {
    double squares = 0;
    for (int i = statistics.nextClearBit(0);
        i < gradients.limit();
        i = statistics.nextClearBit(i + 1)) {
      double gradient = gradients.get(i);
      squares += gradient * gradient;
    }
    double norm = Math.sqrt(squares) / rows;
    if (norm > longest) {
      float scale = (float) (longest / norm);
      for (int i = statistics.nextClearBit(0);
          i < gradients.limit();
          i = statistics.nextClearBit(i + 1)) {
        gradients.put(i, gradients.get(i) * scale);
      }
    }
    update.apply(step, rows);
  }
}
