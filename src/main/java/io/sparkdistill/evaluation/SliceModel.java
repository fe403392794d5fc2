package io.sparkdistill.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;

/**
 * What a model is worth on a slice of the test set. Units are those of {@link ModelMetrics}.
 *
 * @param errors rows whose most probable class is not the label
 * @param accuracy share of the others
 * @param accuracyInterval of {@code accuracy}
 * @param nll mean negative log-likelihood of the labels, in nats
 * @param brier mean squared distance of the probabilities from the labels, 0 to 2
 * @param ece expected calibration error, 0 to 1
 * @param agreementWithTeacher share of rows where both name the same class; absent for the teacher,
 *     and where there is none
 * @param klToTeacher mean KL(teacher ‖ model) at temperature 1, in nats; absent likewise
 */
@JsonInclude(Include.NON_NULL)
public record SliceModel(
    long errors,
    double accuracy,
    Interval accuracyInterval,
    double nll,
    double brier,
    double ece,
    Double agreementWithTeacher,
    Double klToTeacher) {}
