package io.sparkdistill.config;

import java.io.Serializable;

/**
 * In how many ways the teacher is shown each training row, and how they differ.
 *
 * @param count of views, at least 1
 * @param augmentation of each view
 * @param seed of everything random
 */
public record ViewsConfig(int count, AugmentationConfig augmentation, long seed)
    implements Serializable {
  /**
   * The rows as they are, once each.
   *
   * @return one view
   */
  public static ViewsConfig plain() {
    return new ViewsConfig(1, AugmentationConfig.none(), 0);
  }

  /**
   * All that decides what the teacher sees.
   *
   * @return such as {@code 8, shift 2, seed 1}; {@code 1} where nothing is augmented
   */
  public String description() {
    return augmentation.augments()
        ? count + ", " + augmentation.description() + ", seed " + seed
        : Integer.toString(count);
  }
}
