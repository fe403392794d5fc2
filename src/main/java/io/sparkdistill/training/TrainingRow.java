package io.sparkdistill.training;

import io.sparkdistill.softtargets.SoftTarget;
import java.io.Serializable;

/**
 * One row as steps need it.
 *
 * @param features its input
 * @param targets 2C numbers, as {@link SoftTarget#putTargets} writes them: the label and teacher
 *     logits side by side; of several heads, all labels and then all logits
 */
@SuppressWarnings("ArrayRecordComponent") // Millions of rows: no copies, and none is ever changed.
record TrainingRow(float[] features, float[] targets) implements Serializable {
  static TrainingRow of(SoftTarget row) {
    if (row.isJoined()) {
      return new TrainingRow(row.features(), row.logits());
    }
    int classes = row.logits().length;
    float[] targets = new float[2 * classes];
    row.putTargets(targets, 0, classes);
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
