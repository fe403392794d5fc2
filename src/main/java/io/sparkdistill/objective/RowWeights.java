package io.sparkdistill.objective;

/** How often rows count, as their targets say. Stateless. */
public final class RowWeights {
  private RowWeights() {}

  /**
   * Of one row.
   *
   * @param targets rows of 2C numbers, as {@link Evaluator#evaluate} takes them
   * @param row which
   * @param classes C
   * @return 0 or more
   */
  public static double of(float[] targets, int row, int classes) {
    int first = 2 * row * classes;
    for (int i = first; i < first + classes; i++) {
      if (targets[i] != 0) {
        return Math.abs(targets[i]);
      }
    }
    return 0;
  }
}
