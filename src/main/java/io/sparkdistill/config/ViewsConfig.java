package io.sparkdistill.config;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * In how many ways the teacher is shown each training row, and how they differ.
 *
 * @param count of views, at least 1
 * @param shift most pixels that an image is moved by, in each direction
 * @param flip whether half of the views are mirrored, left to right
 * @param noise standard deviation of what is added to each number
 * @param image height and width, or channels, height and width; empty for a square of one channel
 * @param seed of everything random
 */
public record ViewsConfig(
    int count, int shift, boolean flip, double noise, List<Integer> image, long seed)
    implements Serializable {
  /**
   * Whether the teacher is shown anything but the rows as they are.
   *
   * @return false where nothing is augmented
   */
  public boolean augments() {
    return shift > 0 || flip || noise > 0;
  }

  /**
   * The rows as they are, once each.
   *
   * @return one view
   */
  public static ViewsConfig plain() {
    return new ViewsConfig(1, 0, false, 0, List.of(), 0);
  }

  /**
   * All that decides what the teacher sees.
   *
   * @return such as {@code 8, shift 2, seed 1}; {@code 1} where nothing is augmented
   */
  public String description() {
    List<String> parts = new ArrayList<>(List.of(Integer.toString(count)));
    if (shift > 0) {
      parts.add("shift " + shift);
    }
    if (flip) {
      parts.add("flip");
    }
    if (noise > 0) {
      parts.add(String.format(Locale.ROOT, "noise %s", noise));
    }
    if (!image.isEmpty()) {
      parts.add("image " + image);
    }
    if (augments()) {
      parts.add("seed " + seed);
    }
    return String.join(", ", parts);
  }
}
