package io.sparkdistill.config;

/**
 * How soft targets are cached.
 *
 * @param codec how logits are stored
 * @param batchSize rows that the teacher scores at once
 */
public record SoftTargetsConfig(Codec codec, int batchSize) {
  /** Ways to store logits. */
  public enum Codec {
    /** Half precision, less the row's maximum. */
    FLOAT16,
    /** Single precision as the teacher gave them. */
    FLOAT32
  }
}
