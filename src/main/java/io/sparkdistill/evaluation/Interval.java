package io.sparkdistill.evaluation;

/**
 * A percentile interval of the bootstrap at 95 %: Efron and Tibshirani, "An Introduction to the
 * Bootstrap" (1993), section 13.3.
 *
 * @param low the 2.5th percentile
 * @param high the 97.5th percentile, at least {@code low}
 */
public record Interval(double low, double high) {}
