package io.sparkdistill.training;

import io.sparkdistill.softtargets.SoftTarget;
import java.io.Serializable;

/**
 * One row as steps need it.
 *
 * @param features its input
 * @param targets 2C numbers: the label, as the row's weight at its place or as its weight made
 *     negative at place 0 where there is none, and teacher logits side by side
 */
@SuppressWarnings("ArrayRecordComponent") // Millions of rows: no copies, and none is ever changed.
record TrainingRow(float[] features, float[] targets) implements Serializable {
  static TrainingRow of(SoftTarget row) {
    int classes = row.logits().length;
    float[] targets = new float[2 * classes];
    if (row.isLabelled()) {
      targets[row.label()] = row.weight();
    } else {
      targets[0] = -row.weight();
    }
    System.arraycopy(row.logits(), 0, targets, classes, classes);
    return new TrainingRow(row.features(), targets);
  }

  /** Travels as states of networks do. */
  private Object writeReplace() {
    return new Packed(Numbers.bytes(features), Numbers.bytes(targets));
  }

  @SuppressWarnings("ArrayRecordComponent") // Lives as long as the writing.
  private record Packed(byte[] features, byte[] targets) implements Serializable {
    private Object readResolve() {
      return new TrainingRow(Numbers.of(features), Numbers.of(targets));
    }
  }
}
