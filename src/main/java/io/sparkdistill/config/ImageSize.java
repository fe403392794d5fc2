package io.sparkdistill.config;

import java.util.List;

/**
 * What a row's features are where they are an image.
 *
 * @param channels one after the other
 * @param height rows of pixels
 * @param width pixels of a row
 */
public record ImageSize(int channels, int height, int width) {
  /**
   * As a configuration names it.
   *
   * @param sizes height and width, or channels, height and width; empty for a square of one channel
   * @param features numbers in a row
   * @return the size, which need not be that of so many numbers
   */
  public static ImageSize of(List<Integer> sizes, int features) {
    int side = (int) Math.round(Math.sqrt(features));
    return switch (sizes.size()) {
      case 0 -> new ImageSize(1, side, side);
      case 2 -> new ImageSize(1, sizes.get(0), sizes.get(1));
      default -> new ImageSize(sizes.get(0), sizes.get(1), sizes.get(2));
    };
  }

  /**
   * Whether an image of this size is so many numbers.
   *
   * @param features numbers in a row
   * @return false if it is more or fewer
   */
  public boolean holds(int features) {
    return (long) channels * height * width == features;
  }
}
