package io.sparkdistill.examples;

import io.sparkdistill.config.AnswerKind;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.unsafe.bitset.BitSetMethods;

/**
 * Says of one row whether it is usable. Works on Spark's internal rows, whose arrays are read as
 * primitives: boxing 784 floats costs more than a small teacher. Stateless and thread-safe.
 */
public final class RowCheck implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int ANY = 0;
  private static final int ID = 0;
  private static final int FEATURES = 1;
  private static final int LABEL = 2;
  private static final int ANSWER = 3;
  private static final float[] NO_ANSWER = {};

  private final int classes;
  private final int width;
  private final AnswerKind answers;
  private final RowRules rules;

  private RowCheck(int classes, int width, AnswerKind answers, RowRules rules) {
    this.classes = classes;
    this.width = width;
    this.answers = answers;
    this.rules = rules;
  }

  static RowCheck ofAnyWidth(int classes, AnswerKind answers, RowRules rules) {
    return new RowCheck(classes, ANY, answers, rules);
  }

  /**
   * For rows of one width.
   *
   * @param classes labels are 0 to classes - 1
   * @param width numbers that a row's features must have
   * @param answers what rows hold of their teacher's answers
   * @param rules what they may lack
   * @return the check
   */
  public static RowCheck of(int classes, int width, AnswerKind answers, RowRules rules) {
    return new RowCheck(classes, width, answers, rules);
  }

  /**
   * Hands a row on as what it is.
   *
   * @param row columns of {@link ExampleTable}; not kept
   * @param good takes a copy of a usable row
   * @param bad takes what is wrong with another
   */
  public void read(InternalRow row, Consumer<Example> good, Consumer<String> bad) {
    Optional<String> problem = problem(row);
    if (problem.isPresent()) {
      bad.accept(problem.get());
      return;
    }
    float[] features = row.getArray(FEATURES).toFloatArray();
    Optional<String> infinite = problem(features);
    if (infinite.isPresent()) {
      bad.accept(infinite.get());
      return;
    }
    good.accept(
        new Example(
            row.getUTF8String(ID).toString(),
            row.isNullAt(LABEL) ? Example.UNLABELLED : (int) row.getDouble(LABEL),
            features,
            answers == AnswerKind.NONE ? NO_ANSWER : row.getArray(ANSWER).toFloatArray(),
            rules.weighted() ? (float) row.getDouble(weight()) : 1));
  }

  private int weight() {
    return answers == AnswerKind.NONE ? ANSWER : ANSWER + 1;
  }

  private Optional<String> problem(InternalRow row) {
    if (row.isNullAt(ID) || row.getUTF8String(ID).numBytes() == 0) {
      return Optional.of("has no id");
    }
    if (row.isNullAt(FEATURES)) {
      return Optional.of("has no features");
    }
    Optional<String> ofRow = labelProblem(row).or(() -> weightProblem(row));
    if (ofRow.isPresent()) {
      return ofRow;
    }
    ArrayData features = row.getArray(FEATURES);
    if (width != ANY && features.numElements() != width) {
      return Optional.of("has " + features.numElements() + " features instead of " + width);
    }
    Optional<String> nullFound = hasNoNull(features) ? Optional.empty() : nullIn(features);
    return nullFound.isPresent() || answers == AnswerKind.NONE
        ? nullFound
        : AnswerCheck.problem(row, ANSWER, answers, classes);
  }

  private Optional<String> labelProblem(InternalRow row) {
    if (row.isNullAt(LABEL)) {
      return rules.unlabelled() ? Optional.empty() : Optional.of("has no label");
    }
    double label = row.getDouble(LABEL);
    if (label != Math.rint(label) || Double.isInfinite(label)) {
      return Optional.of("has label " + label + ", which is no whole number");
    }
    return label < 0 || label >= classes
        ? Optional.of("has label " + (long) label + ", which is not from 0 to " + (classes - 1))
        : Optional.empty();
  }

  private Optional<String> weightProblem(InternalRow row) {
    if (!rules.weighted()) {
      return Optional.empty();
    }
    if (row.isNullAt(weight())) {
      return Optional.of("has no weight");
    }
    double weight = row.getDouble(weight());
    return weight >= 0 && weight <= Float.MAX_VALUE
        ? Optional.empty()
        : Optional.of("has weight " + weight + ", which is not from 0 to " + Float.MAX_VALUE);
  }

  /** Spark's own layout has a bit for each number, before the numbers: 64 are looked at at once. */
  private static boolean hasNoNull(ArrayData features) {
    return features instanceof UnsafeArrayData unsafe
        && !BitSetMethods.anySet(
            unsafe.getBaseObject(),
            unsafe.getBaseOffset() + Long.BYTES,
            (unsafe.numElements() + Long.SIZE - 1L) / Long.SIZE);
  }

  private static Optional<String> nullIn(ArrayData features) {
    for (int i = 0; i < features.numElements(); i++) {
      if (features.isNullAt(i)) {
        return Optional.of("has no number at position " + i + " of its features");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> problem(float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        return Optional.of("has " + values[i] + " at position " + i + " of its features");
      }
    }
    return Optional.empty();
  }

  static String id(InternalRow row) {
    return row.isNullAt(ID) ? "null" : row.getUTF8String(ID).toString();
  }

  /**
   * What there is of a row that has a problem.
   *
   * @param row any
   * @param reason its problem
   * @return a copy
   */
  public static BadRow bad(InternalRow row, String reason) {
    Optional<List<Optional<Float>>> features = Optional.empty();
    if (!row.isNullAt(FEATURES)) {
      ArrayData data = row.getArray(FEATURES);
      List<Optional<Float>> values = new ArrayList<>();
      for (int i = 0; i < data.numElements(); i++) {
        values.add(data.isNullAt(i) ? Optional.empty() : Optional.of(data.getFloat(i)));
      }
      features = Optional.of(values);
    }
    return new BadRow(
        row.isNullAt(ID) ? Optional.empty() : Optional.of(row.getUTF8String(ID).toString()),
        row.isNullAt(LABEL) ? OptionalDouble.empty() : OptionalDouble.of(row.getDouble(LABEL)),
        features,
        reason);
  }
}
