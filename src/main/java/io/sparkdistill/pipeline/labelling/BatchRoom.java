package io.sparkdistill.pipeline.labelling;

import io.sparkdistill.failure.InvalidConfigurationException;

/** One buffer holds a batch, and Java's end at 2 GB. Stateless. */
public final class BatchRoom {
  private BatchRoom() {}

  /**
   * Looks whether a batch fits.
   *
   * @param key that says how many rows it has
   * @param rows of a batch
   * @param width numbers in a row's features
   * @param classes numbers in a row's logits
   * @throws InvalidConfigurationException if features or logits are too many
   */
  public static void require(String key, int rows, int width, int classes) {
    int widest = Math.max(width, classes);
    long bytes = (long) rows * widest * Float.BYTES;
    if (bytes > Integer.MAX_VALUE) {
      throw new InvalidConfigurationException(
          "Cannot score "
              + rows
              + " rows at once, with "
              + widest
              + (widest == width ? " features" : " logits")
              + " each they are longer than 2 GB: "
              + bytes
              + " bytes. Set "
              + key
              + " to at most "
              + Math.max(1, Integer.MAX_VALUE / Float.BYTES / widest)
              + ".");
    }
  }
}
