package io.sparkdistill.objective;

import java.io.Serializable;

/**
 * What the two terms of an objective were on some rows, each with its weight: the comparison with
 * the teacher, and cross-entropy with the labels. Immutable.
 *
 * @param soft sum of the first over the rows, in nats
 * @param hard sum of the second
 * @param softSquares sum of the squares of the first one's derivatives by the logits
 * @param hardSquares sum of those of the second
 * @param rows how many
 */
public record Terms(double soft, double hard, double softSquares, double hardSquares, long rows)
    implements Serializable {
  /**
   * Those of no rows.
   *
   * @return 0 throughout
   */
  public static Terms none() {
    return new Terms(0, 0, 0, 0, 0);
  }

  /**
   * Those of these rows and others.
   *
   * @param other of other rows
   * @return of all
   */
  public Terms plus(Terms other) {
    return new Terms(
        soft + other.soft,
        hard + other.hard,
        softSquares + other.softSquares,
        hardSquares + other.hardSquares,
        rows + other.rows);
  }

  /**
   * The comparison's share of the mean loss.
   *
   * @return in nats; NaN without rows
   */
  public double softLoss() {
    return soft / rows;
  }

  /**
   * The labels' share of the mean loss.
   *
   * @return in nats; NaN without rows
   */
  public double hardLoss() {
    return hard / rows;
  }

  /**
   * How much the comparison moves a row's logits.
   *
   * @return root mean square, over the rows, of the length of its gradient by a row's logits
   */
  public double softGradient() {
    return Math.sqrt(softSquares / rows);
  }

  /**
   * How much the labels move a row's logits.
   *
   * @return root mean square, over the rows, of the length of its gradient by a row's logits
   */
  public double hardGradient() {
    return Math.sqrt(hardSquares / rows);
  }

  /**
   * Whether both terms move the student.
   *
   * @return false where only one has a weight
   */
  public boolean areTwo() {
    return softSquares > 0 && hardSquares > 0;
  }
}
