package io.sparkdistill.evaluation;

/**
 * How large a model is.
 *
 * @param name in {@link Metrics#models()}
 * @param parameters numbers that were learned
 * @param bytes of its file
 */
public record ModelSize(String name, long parameters, long bytes) {}
