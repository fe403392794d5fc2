package io.sparkdistill.examples;

import io.sparkdistill.config.AugmentationConfig;
import io.sparkdistill.config.ImageSize;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.math.SplitMix64;
import java.util.Arrays;

/** Moves and mirrors inputs that are images, and adds noise. Immutable and thread-safe. */
public final class Distortion {
  /** From which an image is looked at; from behind it is mirrored. */
  private enum Side {
    FRONT,
    BACK;

    int column(int seen, int width) {
      return this == FRONT ? seen : width - 1 - seen;
    }
  }

  private final AugmentationConfig config;
  private final ImageSize image;

  private Distortion(AugmentationConfig config, ImageSize image) {
    this.config = config;
    this.image = image;
  }

  /**
   * For inputs of one width.
   *
   * @param config what to do
   * @param numbers in an input
   * @param block where that was configured, for messages
   * @return the distortion
   * @throws BadInputException if images are to be moved or mirrored, and the inputs are none
   */
  public static Distortion of(AugmentationConfig config, int numbers, String block) {
    ImageSize image = ImageSize.of(config.image(), numbers);
    boolean images = config.shift() > 0 || config.flip();
    if (images && !image.holds(numbers)) {
      throw new BadInputException(
          "Cannot augment rows of "
              + numbers
              + " features, they are no images of "
              + (config.image().isEmpty() ? "a square" : config.image().toString())
              + ". Set "
              + block
              + ".image to what they are, or shift to 0 and flip to false.");
    }
    return new Distortion(config, image);
  }

  /**
   * Distorts one input.
   *
   * @param input as it was read
   * @param random decides everything; of it 2 numbers are drawn, one more to mirror, and 2 more for
   *     each number of the input to add noise
   * @param seen another array of the same length, which is overwritten
   */
  public void apply(float[] input, SplitMix64 random, float[] seen) {
    int down = step(random);
    int right = step(random);
    Side side = config.flip() && random.nextUnit() < 0.5 ? Side.BACK : Side.FRONT;
    if (down == 0 && right == 0 && side == Side.FRONT) {
      System.arraycopy(input, 0, seen, 0, input.length);
    } else {
      move(input, down, right, side, seen);
    }
    if (config.noise() > 0) {
      for (int i = 0; i < seen.length; i++) {
        seen[i] += (float) (config.noise() * random.nextGaussian());
      }
    }
  }

  private int step(SplitMix64 random) {
    return (int) (random.nextUnit() * (2 * config.shift() + 1)) - config.shift();
  }

  private void move(float[] input, int down, int right, Side side, float[] seen) {
    int height = image.height();
    int width = image.width();
    Arrays.fill(seen, 0);
    for (int row = 0; row < image.channels() * height; row++) {
      int from = row % height - down;
      if (from < 0 || from >= height) {
        continue;
      }
      int line = (row - down) * width;
      for (int column = 0; column < width; column++) {
        int source = column - right;
        if (source >= 0 && source < width) {
          seen[row * width + column] = input[line + side.column(source, width)];
        }
      }
    }
  }
}
