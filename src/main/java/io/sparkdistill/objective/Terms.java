package io.sparkdistill.objective;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;

/**
 * What the terms of an objective were on some rows, each with its weight: the comparison with the
 * teacher, cross-entropy with the labels, and comparisons of hidden layers. Immutable.
 *
 * @param soft sum of the first over the rows, in nats
 * @param hard sum of the second
 * @param softSquares sum of the squares of the first one's derivatives by the logits
 * @param hardSquares sum of those of the second
 * @param rows how many
 * @param features comparisons of hidden layers, in the order of the configuration
 * @param heads those of each head, in their order, of a student that has several; the others are
 *     then the sums over the heads with their weights
 */
public record Terms(
    double soft,
    double hard,
    double softSquares,
    double hardSquares,
    long rows,
    List<FeatureTerm> features,
    List<HeadTerms> heads)
    implements Serializable {
  /** Copies the lists into plain ones, because they travel by Java serialization. */
  public Terms {
    features = new ArrayList<>(features);
    heads = new ArrayList<>(heads);
  }

  /**
   * Those of a student that has one head.
   *
   * @param soft sum of the first over the rows, in nats
   * @param hard sum of the second
   * @param softSquares sum of the squares of the first one's derivatives by the logits
   * @param hardSquares sum of those of the second
   * @param rows how many
   * @param features comparisons of hidden layers, in the order of the configuration
   */
  public Terms(
      double soft,
      double hard,
      double softSquares,
      double hardSquares,
      long rows,
      List<FeatureTerm> features) {
    this(soft, hard, softSquares, hardSquares, rows, features, List.of());
  }

  /**
   * Those of an objective that compares no hidden layers.
   *
   * @param soft sum of the first over the rows, in nats
   * @param hard sum of the second
   * @param softSquares sum of the squares of the first one's derivatives by the logits
   * @param hardSquares sum of those of the second
   * @param rows how many
   */
  public Terms(double soft, double hard, double softSquares, double hardSquares, long rows) {
    this(soft, hard, softSquares, hardSquares, rows, List.of());
  }

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
        rows + other.rows,
        sums(features, other.features, FeatureTerm::plus),
        sums(heads, other.heads, HeadTerms::plus));
  }

  private static <T> List<T> sums(List<T> some, List<T> others, BinaryOperator<T> plus) {
    if (some.isEmpty()) {
      return others;
    }
    List<T> sums = new ArrayList<>(some);
    for (int i = 0; i < others.size(); i++) {
      sums.set(i, plus.apply(sums.get(i), others.get(i)));
    }
    return sums;
  }

  /** Those of a loss that is multiplied by a number. */
  Terms times(double factor) {
    double square = factor * factor;
    return new Terms(
        factor * soft, factor * hard, square * softSquares, square * hardSquares, rows);
  }

  /** Those of a loss of other logits of the same rows added. */
  Terms beside(Terms other) {
    return new Terms(
        soft + other.soft,
        hard + other.hard,
        softSquares + other.softSquares,
        hardSquares + other.hardSquares,
        Math.max(rows, other.rows));
  }

  /** The same with those of the heads that they are the sum of. */
  Terms withHeads(List<HeadTerms> ofHeads) {
    return new Terms(soft, hard, softSquares, hardSquares, rows, features, ofHeads);
  }

  /**
   * These with the comparisons of hidden layers on the same rows.
   *
   * @param ofLayers in the order of the configuration
   * @return all
   */
  public Terms with(List<FeatureTerm> ofLayers) {
    return new Terms(soft, hard, softSquares, hardSquares, rows, ofLayers, heads);
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
