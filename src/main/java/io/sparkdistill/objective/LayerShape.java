package io.sparkdistill.objective;

import java.io.Serializable;

/**
 * What the numbers of a layer, or of a tensor, are: channels of an image, each row by row of
 * pixels, one channel after the other; or so many units, which are channels at one position.
 *
 * @param channels one after the other, at least 1
 * @param height positions in a column, at least 1
 * @param width positions in a row, at least 1
 */
public record LayerShape(int channels, int height, int width) implements Serializable {
  /**
   * Units of a dense layer.
   *
   * @param units how many
   * @return no image
   */
  public static LayerShape flat(int units) {
    return new LayerShape(units, 1, 1);
  }

  /**
   * Whether there are positions to tell apart.
   *
   * @return false for units
   */
  public boolean isImage() {
    return positions() > 1;
  }

  /**
   * Height times width.
   *
   * @return at least 1
   */
  public int positions() {
    return Math.multiplyExact(height, width);
  }

  /**
   * Numbers of one row.
   *
   * @return at least 1
   */
  public int numbers() {
    return Math.multiplyExact(channels, positions());
  }

  boolean hasPositionsOf(LayerShape other) {
    return height == other.height && width == other.width;
  }

  /**
   * For people.
   *
   * @return such as {@code [32, 7, 7]}, or {@code 128 numbers}
   */
  @Override
  public String toString() {
    return isImage()
        ? "[" + channels + ", " + height + ", " + width + "]"
        : channels + (channels == 1 ? " number" : " numbers");
  }
}
