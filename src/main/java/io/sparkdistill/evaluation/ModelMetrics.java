package io.sparkdistill.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/**
 * What a model is worth on the test set. All but the first eight are absent, or empty, in metrics
 * of earlier releases.
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
 * @param reverseKlToTeacher mean KL(model ‖ teacher) at temperature 1, in nats; absent likewise
 * @param agreementOnTeacherErrors of the rows where the teacher's class is not the label, the share
 *     where both name the same class; absent likewise, and where the teacher makes no errors
 * @param brier mean squared distance of the probabilities from the labels, 0 to 2; Brier,
 *     "Verification of forecasts expressed in terms of probability" (1950), equation 2
 * @param top5Accuracy share of rows whose label is among the five most probable classes; absent
 *     where there are at most five
 * @param macroF1 mean F1 of the classes that have rows or are named; absent with more than 1000
 *     classes
 * @param errorsInterval of {@code errors}
 * @param accuracyInterval of {@code accuracy}
 * @param reliability bins that have rows, by rising probability; {@code ece} follows from them
 * @param classes each of them, in their order; empty with more than 1000
 * @param confusion rows by label, then by the class that the model names: C lists of C numbers;
 *     empty with more than 100 classes
 * @param temperatureScaling what one temperature would change; absent where it was not asked for
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
    Double klToTeacher,
    Double reverseKlToTeacher,
    Double agreementOnTeacherErrors,
    Double brier,
    Double top5Accuracy,
    Double macroF1,
    Interval errorsInterval,
    Interval accuracyInterval,
    @JsonInclude(Include.NON_EMPTY) List<ReliabilityBin> reliability,
    @JsonInclude(Include.NON_EMPTY) List<ClassMetrics> classes,
    @JsonInclude(Include.NON_EMPTY) List<List<Long>> confusion,
    TemperatureScaling temperatureScaling) {
  private static final MathContext DIGITS = new MathContext(8);

  /** Copies the lists. */
  public ModelMetrics {
    // JSON leaves out what is empty, and that of earlier releases has none of it.
    reliability = reliability == null ? List.of() : List.copyOf(reliability);
    classes = classes == null ? List.of() : List.copyOf(classes);
    confusion = confusion == null ? List.of() : List.copyOf(confusion);
  }

  /**
   * A number as metrics are written: beyond eight digits a sum depends on the order of its rows.
   *
   * @param value any
   * @return it in eight significant digits; what is not finite as it is
   */
  public static double rounded(double value) {
    return Double.isFinite(value) ? new BigDecimal(value).round(DIGITS).doubleValue() : value;
  }
}
