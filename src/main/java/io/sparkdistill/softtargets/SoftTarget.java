package io.sparkdistill.softtargets;

import io.sparkdistill.examples.Example;
import java.io.Serializable;

/**
 * One row of the cache.
 *
 * @param id its name
 * @param view which of its views it is, from 0
 * @param label the right answer, 0 to C - 1; {@link Example#UNLABELLED} where nobody knows it
 * @param features its input
 * @param logits the teacher's answer, C numbers, up to a constant added to all
 * @param weight how often it counts, 0 or more
 * @param tensors what is inside teachers, of each tensor that was asked for
 */
@SuppressWarnings("ArrayRecordComponent") // Millions of rows: no copies, and none is ever changed.
public record SoftTarget(
    String id,
    int view,
    int label,
    float[] features,
    float[] logits,
    float weight,
    float[][] tensors)
    implements Serializable {
  private static final float[][] NO_TENSORS = {};
  private static final float[] NO_FEATURES = {};

  /**
   * A row of answers alone.
   *
   * @param id its name
   * @param view which of its views it is, from 0
   * @param label the right answer
   * @param features its input
   * @param logits the teacher's answer
   * @param weight how often it counts, 0 or more
   */
  public SoftTarget(
      String id, int view, int label, float[] features, float[] logits, float weight) {
    this(id, view, label, features, logits, weight, NO_TENSORS);
  }

  /**
   * A row that counts once.
   *
   * @param id its name
   * @param view which of its views it is, from 0
   * @param label the right answer
   * @param features its input
   * @param logits the teacher's answer
   */
  public SoftTarget(String id, int view, int label, float[] features, float[] logits) {
    this(id, view, label, features, logits, 1);
  }

  /**
   * Whether the right answer is known.
   *
   * @return false where there is the teacher's alone
   */
  public boolean isLabelled() {
    return label != Example.UNLABELLED;
  }

  /**
   * Writes what a loss compares a student with: for the label C numbers, of which one is not 0, the
   * row's weight at the label's place, or its weight made negative at place 0 where there is no
   * label; and the C logits.
   *
   * @param to where the label's numbers are 0
   * @param labelAt place of the first number of the label
   * @param answerAt place of the first logit
   */
  public void putTargets(float[] to, int labelAt, int answerAt) {
    if (isLabelled()) {
      to[labelAt + label] = weight;
    } else {
      to[labelAt] = -weight;
    }
    System.arraycopy(logits, 0, to, answerAt, logits.length);
  }

  /**
   * The same row with another answer.
   *
   * @param answer of somebody else
   * @return a copy
   */
  public SoftTarget answered(float[] answer) {
    return new SoftTarget(id, view, label, features, answer, weight, tensors);
  }

  /** The same row for whoever has its input from elsewhere. */
  SoftTarget withoutFeatures() {
    return new SoftTarget(id, view, label, NO_FEATURES, logits, weight, tensors);
  }

  /**
   * The same row with what is inside teachers.
   *
   * @param inside of each tensor that was asked for
   * @return a copy
   */
  public SoftTarget with(float[][] inside) {
    return new SoftTarget(id, view, label, features, logits, weight, inside);
  }

  /**
   * The same row without what is inside teachers.
   *
   * @return this row, if it has nothing of it
   */
  public SoftTarget withoutTensors() {
    return tensors.length == 0 ? this : with(NO_TENSORS);
  }
}
