package io.sparkdistill.config;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * How inputs are changed at random.
 *
 * @param shift most pixels that an image is moved by, in each direction
 * @param flip whether half of the images are mirrored, left to right
 * @param noise standard deviation of what is added to each number
 * @param image height and width, or channels, height and width; empty for a square of one channel
 */
public record AugmentationConfig(int shift, boolean flip, double noise, List<Integer> image)
    implements Serializable {
  /** Copies the list. */
  public AugmentationConfig {
    image = List.copyOf(image);
  }

  /**
   * Inputs as they are.
   *
   * @return the defaults
   */
  public static AugmentationConfig none() {
    return new AugmentationConfig(0, false, 0, List.of());
  }

  /**
   * Whether anything is changed.
   *
   * @return false where inputs stay as they are
   */
  public boolean augments() {
    return shift > 0 || flip || noise > 0;
  }

  /**
   * All that is given.
   *
   * @return such as {@code shift 2, flip}; empty where nothing is given
   */
  public String description() {
    List<String> parts = new ArrayList<>();
    if (shift > 0) {
      parts.add("shift " + shift);
    }
    if (flip) {
      parts.add("flip");
    }
    if (noise > 0) {
      parts.add("noise " + noise);
    }
    if (!image.isEmpty()) {
      parts.add("image " + image);
    }
    return String.join(", ", parts);
  }
}
