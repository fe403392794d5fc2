package io.sparkdistill.examples;

import java.io.Serializable;

/**
 * One row that was accepted.
 *
 * @param id its name, unique in its table
 * @param label its class, 0 to C - 1; {@link #UNLABELLED} where nobody knows it
 * @param features its input, of the table's width
 * @param answer C numbers of a teacher that has answered already; none where it is asked
 * @param weight how often it counts, 0 or more; 1 where the table does not say
 */
@SuppressWarnings("ArrayRecordComponent") // Millions of rows: no copies, and none is ever changed.
public record Example(String id, int label, float[] features, float[] answer, float weight)
    implements Serializable {
  /** The label of a row that has none. */
  public static final int UNLABELLED = -1;

  private static final float[] NO_ANSWER = {};

  /**
   * A row that counts once.
   *
   * @param id its name
   * @param label its class
   * @param features its input
   * @param answer of a teacher that has answered already
   */
  public Example(String id, int label, float[] features, float[] answer) {
    this(id, label, features, answer, 1);
  }

  /**
   * A row for a teacher that is asked.
   *
   * @param id its name
   * @param label its class
   * @param features its input
   */
  public Example(String id, int label, float[] features) {
    this(id, label, features, NO_ANSWER);
  }

  /**
   * Whether its class is known.
   *
   * @return false where it teaches by its teacher's answer alone
   */
  public boolean isLabelled() {
    return label != UNLABELLED;
  }

  /**
   * The same row as it is shown to a teacher that is asked.
   *
   * @param seen its input
   * @return a copy
   */
  Example shown(float[] seen) {
    return new Example(id, label, seen, NO_ANSWER, weight);
  }
}
