package io.sparkdistill.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;

/**
 * What a model is worth for one class.
 *
 * @param label the class, 0 to C - 1
 * @param rows that have this label
 * @param predicted rows for which the model names this class
 * @param precision share of {@code predicted} that have this label; absent if there are none
 * @param recall share of {@code rows} for which the model names this class; absent if there are
 *     none
 * @param f1 harmonic mean of both, 0 if no row is right; absent if there are no rows and the class
 *     is never named
 */
@JsonInclude(Include.NON_NULL)
public record ClassMetrics(
    int label, long rows, long predicted, Double precision, Double recall, Double f1) {
  static ClassMetrics of(int label, long rows, long predicted, long right) {
    return new ClassMetrics(
        label,
        rows,
        predicted,
        share(right, predicted),
        share(right, rows),
        share(2 * right, rows + predicted));
  }

  private static Double share(long part, long whole) {
    return whole == 0 ? null : ModelMetrics.rounded((double) part / whole);
  }
}
