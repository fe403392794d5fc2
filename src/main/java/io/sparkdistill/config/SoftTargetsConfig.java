package io.sparkdistill.config;

/**
 * How soft targets are cached.
 *
 * @param codec how logits are stored
 * @param batchSize rows that the teacher scores at once
 * @param temperature at which {@link Codec#TOPK} and {@link Codec#SAMPLED} keep a distribution
 * @param topK classes of a row that {@link Codec#TOPK} keeps, less than there are
 * @param samples draws from a row that {@link Codec#SAMPLED} keeps
 * @param shardBytes of input that are labelled and committed at once, at most
 * @param maxBadRows rows that may be set aside instead of stopping the run
 * @param includeFeatures whether the cache holds each row's input beside its soft targets
 * @param views what the teacher is shown of each training row
 * @param keepVersions newest versions that prune keeps
 */
public record SoftTargetsConfig(
    Codec codec,
    int batchSize,
    double temperature,
    int topK,
    int samples,
    long shardBytes,
    long maxBadRows,
    boolean includeFeatures,
    ViewsConfig views,
    int keepVersions) {
  /** Ways to store logits. */
  public enum Codec {
    /** Half precision, less the row's maximum. */
    FLOAT16,
    /** Single precision as the teacher gave them. */
    FLOAT32,
    /** Steps below the row's maximum, a byte a class. */
    INT8,
    /** The most probable classes, and the probability of all others together. */
    TOPK,
    /** How often each class was drawn. */
    SAMPLED;

    /**
     * Whether what is kept serves one temperature only.
     *
     * @return true where the distribution is kept, and not the logits
     */
    public boolean ofOneTemperature() {
      return this == TOPK || this == SAMPLED;
    }
  }
}
