package io.sparkdistill.layers;

/** Changes parameters by the gradients that stand in their views. Not thread-safe. */
interface ParameterUpdate {
  /**
   * Takes one step.
   *
   * @param step which one it is
   * @param rows over which the gradients are sums
   */
  void apply(Step step, int rows);
}
