package io.sparkdistill.objective;

import java.io.Serializable;

/**
 * What a comparison of a hidden layer was on some rows, with its weight. Immutable.
 *
 * @param name of it
 * @param sum over the rows
 * @param squares sum of the squares of its derivatives by the layer's numbers
 * @param rows how many
 */
public record FeatureTerm(String name, double sum, double squares, long rows)
    implements Serializable {
  FeatureTerm plus(FeatureTerm other) {
    return new FeatureTerm(name, sum + other.sum, squares + other.squares, rows + other.rows);
  }

  /**
   * Its share of the mean loss.
   *
   * @return NaN without rows
   */
  public double loss() {
    return sum / rows;
  }

  /**
   * How much it moves a row's layer.
   *
   * @return root mean square, over the rows, of the length of its gradient by a row's layer
   */
  public double gradient() {
    return Math.sqrt(squares / rows);
  }
}
