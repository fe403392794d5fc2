package io.sparkdistill.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * What a model is worth on the test set.
 *
 * @param errors rows whose most probable class is not the label
 * @param accuracy share of the others
 * @param nll mean negative log-likelihood of the labels, in nats
 * @param ece expected calibration error, 15 bins, 0 to 1
 * @param parameters numbers that were learned
 * @param bytes of its file
 * @param agreementWithTeacher share of rows where both name the same class; absent for the teacher,
 *     and where there is none
 * @param klToTeacher mean KL(teacher ‖ model) at temperature 1, in nats; absent for the teacher
 */
@JsonInclude(Include.NON_NULL)
public record ModelMetrics(
    long errors,
    double accuracy,
    double nll,
    double ece,
    long parameters,
    long bytes,
    Double agreementWithTeacher,
    Double klToTeacher) {
  private static final MathContext DIGITS = new MathContext(8);

  /** Compared with the labels and nothing else. */
  static ModelMetrics alone(ModelTally tally, long parameters, long bytes) {
    return new ModelMetrics(
        tally.errors(),
        rounded(tally.accuracy()),
        rounded(tally.nll()),
        rounded(tally.ece()),
        parameters,
        bytes,
        null,
        null);
  }

  static ModelMetrics ofStudent(ModelTally tally, long parameters, long bytes) {
    return new ModelMetrics(
        tally.errors(),
        rounded(tally.accuracy()),
        rounded(tally.nll()),
        rounded(tally.ece()),
        parameters,
        bytes,
        rounded(tally.agreement()),
        rounded(tally.klToTeacher()));
  }

  /** Eight digits: beyond them a sum depends on the order of its rows. */
  static double rounded(double value) {
    return Double.isFinite(value) ? new BigDecimal(value).round(DIGITS).doubleValue() : value;
  }
}
