package io.sparkdistill.objective;

/**
 * A linear map that only training has: at each position, from a student's channels to a teacher's.
 *
 * @param positions to which the same weights are applied, each by itself; 1 for layers as a whole
 * @param in numbers of the student's layer at a position
 * @param out numbers of the teacher's tensor at a position
 */
public record Regression(int positions, int in, int out) {
  /**
   * Weights and biases.
   *
   * @return (in + 1) · out
   */
  public int parameters() {
    return Math.toIntExact((in + 1L) * out);
  }
}
