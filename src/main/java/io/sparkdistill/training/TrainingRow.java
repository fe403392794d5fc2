package io.sparkdistill.training;

import io.sparkdistill.objective.Features;
import io.sparkdistill.softtargets.SoftTarget;
import java.io.Serializable;

/**
 * One row as steps need it.
 *
 * @param features its input
 * @param targets 2C numbers, as {@link SoftTarget#putTargets} writes them: the label and teacher
 *     logits side by side; of several heads, all labels and then all logits
 * @param tensors what hidden layers are compared with, as {@link Features#targets} gives it
 */
@SuppressWarnings("ArrayRecordComponent") // Millions of rows: no copies, and none is ever changed.
record TrainingRow(float[] features, float[] targets, float[] tensors) implements Serializable {
  private static final float[] NO_TENSORS = {};

  TrainingRow(float[] features, float[] targets) {
    this(features, targets, NO_TENSORS);
  }

  static TrainingRow of(SoftTarget row) {
    return of(row, Features.none());
  }

  static TrainingRow of(SoftTarget row, Features compared) {
    if (row.isJoined()) {
      return new TrainingRow(row.features(), row.logits());
    }
    int classes = row.logits().length;
    float[] targets = new float[2 * classes];
    row.putTargets(targets, 0, classes);
    return new TrainingRow(
        row.features(), targets, compared.isEmpty() ? NO_TENSORS : compared.targets(row.tensors()));
  }

  /** Travels as states of networks do. */
  private Object writeReplace() {
    return new Packed(Numbers.bytes(features), Numbers.bytes(targets), Numbers.bytes(tensors));
  }

  @SuppressWarnings("ArrayRecordComponent") // Lives as long as the writing.
  private record Packed(byte[] features, byte[] targets, byte[] tensors) implements Serializable {
    private Object readResolve() {
      return new TrainingRow(Numbers.of(features), Numbers.of(targets), Numbers.of(tensors));
    }
  }
}
