package io.sparkdistill.evaluation;

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
 */
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
    double pValue) {}
