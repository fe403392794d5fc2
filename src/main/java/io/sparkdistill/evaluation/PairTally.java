package io.sparkdistill.evaluation;

import java.io.Serializable;

/**
 * What rows say of two students; tallies of parts add up.
 *
 * @param student of the one
 * @param incumbent of the other
 * @param paired of both, row by row
 */
record PairTally(ModelTally student, ModelTally incumbent, PairedTally paired)
    implements Serializable {
  static PairTally empty() {
    return new PairTally(new ModelTally(), new ModelTally(), new PairedTally());
  }

  /** Adds a row: C logits of both and of the teacher, and the label. */
  void add(float[] studentLogits, float[] incumbentLogits, float[] teacher, int label) {
    student.add(studentLogits, teacher, label);
    incumbent.add(incumbentLogits, teacher, label);
    paired.add(studentLogits, incumbentLogits, teacher, label);
  }

  PairTally plus(PairTally other) {
    return new PairTally(
        student.plus(other.student), incumbent.plus(other.incumbent), paired.plus(other.paired));
  }
}
