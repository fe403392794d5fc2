package io.sparkdistill.objective;

/**
 * Computes a {@link Goal} of one batch after the other, in double precision. Not thread-safe.
 *
 * <p>C is the number of a row's logits: the classes, or those of all heads.
 */
public sealed interface Evaluator permits ObjectiveEvaluator, JointEvaluator {
  /** A step after all others, at which schedules have come to their end. */
  int END = Integer.MAX_VALUE;

  /**
   * The loss of some rows and its gradient.
   *
   * @param targets rows of 2C numbers: C of the label, which are the row's weight at its place and
   *     0 else, or less than 0 at place 0 for a row of this weight without a label; then C logits
   *     of the teacher. Of several heads both halves are those of the heads side by side
   * @param logits rows of C logits of the student, finite, of any size
   * @param rows how many
   * @param classes C
   * @param step local steps before it in the whole training, or {@link #END}
   * @param gradient rows of C numbers, of which these rows' are overwritten
   * @return the loss, summed over the rows, in nats
   */
  double evaluate(
      float[] targets, float[] logits, int rows, int classes, int step, float[] gradient);

  /**
   * What the terms were since this was last asked, or ever.
   *
   * @return of all rows in between
   */
  Terms terms();

  /**
   * The loss of a row of the last batch.
   *
   * @param row which
   * @return in nats; where the objective sees the batch as a whole, the row's share
   */
  double score(int row);
}
