package io.sparkdistill.training.rows;

import io.sparkdistill.math.FloatArrays;
import io.sparkdistill.objective.Features;
import io.sparkdistill.softtargets.JointRow;
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
public record TrainingRow(float[] features, float[] targets, float[] tensors)
    implements Serializable {
  private static final float[] NO_TENSORS = {};

  /**
   * One of which no hidden layer is compared.
   *
   * @param features its input
   * @param targets 2C numbers
   */
  public TrainingRow(float[] features, float[] targets) {
    this(features, targets, NO_TENSORS);
  }

  /**
   * A row of the cache, of which no hidden layer is compared.
   *
   * @param row any
   * @return its features are not copied
   */
  public static TrainingRow of(SoftTarget row) {
    return of(row, Features.none());
  }

  /**
   * A row of the cache.
   *
   * @param row any
   * @param compared what its tensors are for
   * @return its features are not copied
   */
  public static TrainingRow of(SoftTarget row, Features compared) {
    int classes = row.logits().length;
    float[] targets = new float[2 * classes];
    row.putTargets(targets, 0, classes);
    return new TrainingRow(
        row.features(), targets, compared.isEmpty() ? NO_TENSORS : compared.targets(row.tensors()));
  }

  /**
   * A row of several heads, of which no hidden layer is compared.
   *
   * @param row any
   * @return nothing of it is copied
   */
  static TrainingRow of(JointRow row) {
    return new TrainingRow(row.features(), row.targets());
  }

  /** Travels as states of networks do. */
  private Object writeReplace() {
    return new Packed(
        FloatArrays.bytes(features), FloatArrays.bytes(targets), FloatArrays.bytes(tensors));
  }

  @SuppressWarnings("ArrayRecordComponent") // Lives as long as the writing.
  private record Packed(byte[] features, byte[] targets, byte[] tensors) implements Serializable {
    private Object readResolve() {
      return new TrainingRow(
          FloatArrays.of(features), FloatArrays.of(targets), FloatArrays.of(tensors));
    }
  }
}
