package io.sparkdistill.config;

/**
 * How models are judged.
 *
 * @param baseline whether the same student is also trained on labels alone
 * @param batchSize rows that a student scores at once
 */
public record EvaluationConfig(boolean baseline, int batchSize) {}
