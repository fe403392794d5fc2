package io.sparkdistill.examples;

import io.sparkdistill.config.AnswerKind;
import io.sparkdistill.math.Distributions;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;

/** Says of a row's answer whether it is usable. Stateless and thread-safe. */
final class AnswerCheck {
  private AnswerCheck() {}

  static Optional<String> problem(InternalRow row, int place, AnswerKind kind, int classes) {
    if (row.isNullAt(place)) {
      return Optional.of("has no answer of the teacher");
    }
    ArrayData answer = row.getArray(place);
    if (answer.numElements() != classes) {
      return Optional.of(
          "has " + answer.numElements() + " answers of the teacher instead of " + classes);
    }
    double sum = 0;
    for (int i = 0; i < classes; i++) {
      if (answer.isNullAt(i)) {
        return Optional.of("has no number at position " + i + " of the teacher's answer");
      }
      float value = answer.getFloat(i);
      boolean probability = value >= 0 && value <= 1 + Distributions.ROUNDING;
      if (!Float.isFinite(value) || (kind == AnswerKind.PROBABILITIES && !probability)) {
        return Optional.of("has " + value + " at position " + i + " of the teacher's answer");
      }
      sum += value;
    }
    return kind == AnswerKind.PROBABILITIES && Math.abs(sum - 1) > Distributions.ROUNDING
        ? Optional.of("has probabilities of the teacher whose sum is " + (float) sum)
        : Optional.empty();
  }
}
