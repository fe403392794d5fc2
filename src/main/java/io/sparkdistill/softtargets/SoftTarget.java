package io.sparkdistill.softtargets;

import java.io.Serializable;

/**
 * One row of the cache.
 *
 * @param id its name
 * @param view which of its views it is, from 0
 * @param label the right answer, 0 to C - 1
 * @param features its input
 * @param logits the teacher's answer, C numbers, up to a constant added to all
 * @param tensors what is inside teachers, of each tensor that was asked for
 */
@SuppressWarnings("ArrayRecordComponent") // Millions of rows: no copies, and none is ever changed.
public record SoftTarget(
    String id, int view, int label, float[] features, float[] logits, float[][] tensors)
    implements Serializable {
  private static final float[][] NO_TENSORS = {};

  /**
   * A row of answers alone.
   *
   * @param id its name
   * @param view which of its views it is, from 0
   * @param label the right answer, 0 to C - 1
   * @param features its input
   * @param logits the teacher's answer, C numbers, up to a constant added to all
   */
  public SoftTarget(String id, int view, int label, float[] features, float[] logits) {
    this(id, view, label, features, logits, NO_TENSORS);
  }

  /**
   * The same without what is inside teachers.
   *
   * @return this row, if it has nothing of it
   */
  public SoftTarget withoutTensors() {
    return tensors.length == 0 ? this : new SoftTarget(id, view, label, features, logits);
  }
}
