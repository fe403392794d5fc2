package io.sparkdistill.evaluation;

/**
 * Rows in which a model found its class about equally probable: one point of a reliability diagram
 * (Guo, Pleiss, Sun and Weinberger, "On Calibration of Modern Neural Networks", 2017, figure 1).
 * Bins are of equal width; those without rows are left out.
 *
 * @param from the least probability of a bin, 0 to below 1
 * @param to the probability at which the next bin begins, up to 1, which belongs to the last one
 * @param rows in the bin, at least 1
 * @param confidence mean probability of the most probable class, 0 to 1
 * @param accuracy share of rows whose most probable class is the label, 0 to 1
 */
public record ReliabilityBin(
    double from, double to, long rows, double confidence, double accuracy) {}
