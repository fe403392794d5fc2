package io.sparkdistill.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;

/**
 * Two models on the same rows: how often each of them is right where the other one is not, and
 * whether that may be chance.
 *
 * @param model the one, by name
 * @param other the one that it is compared with, by name
 * @param bothRight rows where both name the label
 * @param onlyModelRight rows where {@code model} does and {@code other} does not
 * @param onlyOtherRight rows where {@code other} does and {@code model} does not
 * @param bothWrong rows where none does
 * @param accuracyDifference accuracy of {@code model} less that of {@code other}, -1 to 1
 * @param accuracyDifferenceInterval of it, over rows that are drawn in pairs
 * @param test how {@code pValue} was found
 * @param statistic McNemar's chi-square with Edwards's correction, 0 or more; McNemar, "Note on the
 *     sampling error of the difference between correlated proportions or percentages" (1947)
 * @param pValue the probability of a difference at least as large if both were equally good, two
 *     sides, 0 to 1
 * @param nllPValue the same of the mean negative log-likelihood, by a paired t-test; 1 where it
 *     says nothing
 * @param klToTeacherPValue the same of the mean KL(teacher ‖ model); absent where {@code other} is
 *     the teacher, and where there is none
 */
@JsonInclude(Include.NON_NULL)
public record Comparison(
    String model,
    String other,
    long bothRight,
    long onlyModelRight,
    long onlyOtherRight,
    long bothWrong,
    double accuracyDifference,
    Interval accuracyDifferenceInterval,
    PairedTest test,
    double statistic,
    double pValue,
    double nllPValue,
    Double klToTeacherPValue) {}
