package io.sparkdistill.examples;

import java.io.Serializable;

/**
 * One row that was accepted.
 *
 * @param id its name, unique in its table
 * @param label its class, 0 to C - 1
 * @param features its input, of the table's width
 * @param answer C numbers of a teacher that has answered already; none where it is asked
 */
@SuppressWarnings("ArrayRecordComponent") // Millions of rows: no copies, and none is ever changed.
public record Example(String id, int label, float[] features, float[] answer)
    implements Serializable {
  private static final float[] NO_ANSWER = {};

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
}
