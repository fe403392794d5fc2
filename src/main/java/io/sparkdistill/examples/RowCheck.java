package io.sparkdistill.examples;

import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;

/**
 * Says of one row whether it is usable. Works on Spark's internal rows, whose arrays are read as
 * primitives: boxing 784 floats costs more than a small teacher. Stateless and thread-safe.
 */
final class RowCheck implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int ID = 0;
  private static final int FEATURES = 1;
  private static final int LABEL = 2;

  private final int classes;

  RowCheck(int classes) {
    this.classes = classes;
  }

  /** What is wrong with a row, but for its width; empty if nothing is. */
  Optional<String> problem(InternalRow row) {
    if (row.isNullAt(ID) || row.getUTF8String(ID).numBytes() == 0) {
      return Optional.of("has no id");
    }
    if (row.isNullAt(FEATURES)) {
      return Optional.of("has no features");
    }
    if (row.isNullAt(LABEL)) {
      return Optional.of("has no label");
    }
    double label = row.getDouble(LABEL);
    if (label != Math.rint(label) || Double.isInfinite(label)) {
      return Optional.of("has label " + label + ", which is no whole number");
    }
    if (label < 0 || label >= classes) {
      return Optional.of("has label " + (long) label + ", which is not from 0 to " + (classes - 1));
    }
    return featureProblem(row.getArray(FEATURES));
  }

  private static Optional<String> featureProblem(ArrayData features) {
    for (int i = 0; i < features.numElements(); i++) {
      if (features.isNullAt(i)) {
        return Optional.of("has no number at position " + i + " of its features");
      }
      if (!Float.isFinite(features.getFloat(i))) {
        return Optional.of(
            "has " + features.getFloat(i) + " at position " + i + " of its features");
      }
    }
    return Optional.empty();
  }

  static String id(InternalRow row) {
    return row.isNullAt(ID) ? "null" : row.getUTF8String(ID).toString();
  }

  static int width(InternalRow row) {
    return row.getArray(FEATURES).numElements();
  }

  /** The row as a value of its own; Spark reuses the memory of an internal row. */
  static Example example(InternalRow row) {
    return new Example(
        row.getUTF8String(ID).toString(),
        (int) row.getDouble(LABEL),
        row.getArray(FEATURES).toFloatArray());
  }
}
