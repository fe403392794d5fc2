package io.sparkdistill.examples;

import io.sparkdistill.config.ImageSize;
import io.sparkdistill.config.ViewsConfig;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.math.SplitMix64;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Makes the views of rows. A view follows from the seed, the row's id and the view's number alone,
 * so that it is the same in whatever task, order or run it is made. Stateless and thread-safe.
 */
public final class Augmentation {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final ViewsConfig config;
  private final int channels;
  private final int height;
  private final int width;

  private Augmentation(ViewsConfig config, int channels, int height, int width) {
    this.config = config;
    this.channels = channels;
    this.height = height;
    this.width = width;
  }

  /**
   * For rows of one width.
   *
   * @param config what to do
   * @param numbers in a row's features
   * @return the augmentation
   * @throws BadInputException if images are to be moved or mirrored, and the rows are none
   */
  public static Augmentation of(ViewsConfig config, int numbers) {
    ImageSize image = ImageSize.of(config.image(), numbers);
    boolean images = config.shift() > 0 || config.flip();
    if (images && !image.holds(numbers)) {
      throw new BadInputException(
          "Cannot augment rows of "
              + numbers
              + " features, they are no images of "
              + (config.image().isEmpty() ? "a square" : config.image().toString())
              + ". Set softTargets.augmentation.image to what they are, or shift to 0 and flip to"
              + " false.");
    }
    return new Augmentation(config, image.channels(), image.height(), image.width());
  }

  /**
   * Makes all views of a row.
   *
   * @param row as it was read
   * @param taker takes them, in the order of their numbers
   */
  public void views(Example row, Consumer<View> taker) {
    if (!config.augments()) {
      taker.accept(new View(row, 0, 0));
      return;
    }
    SplitMix64 seeds = new SplitMix64(config.seed() ^ hash(row.id()));
    for (int number = 0; number < config.count(); number++) {
      long seed = seeds.nextLong();
      taker.accept(
          new View(new Example(row.id(), row.label(), seen(row.features(), seed)), number, seed));
    }
  }

  /**
   * Makes one view.
   *
   * @param features of a row as it was read
   * @param seed of a {@link View}
   * @return what the teacher saw; the same array where nothing is augmented
   */
  public float[] seen(float[] features, long seed) {
    if (!config.augments()) {
      return features;
    }
    SplitMix64 random = new SplitMix64(seed);
    int down = step(random);
    int right = step(random);
    boolean mirrored = config.flip() && random.nextUnit() < 0.5;
    float[] seen =
        down == 0 && right == 0 && !mirrored
            ? features.clone()
            : moved(features, down, right, mirrored);
    if (config.noise() > 0) {
      for (int i = 0; i < seen.length; i++) {
        seen[i] += (float) (config.noise() * random.nextGaussian());
      }
    }
    return seen;
  }

  private int step(SplitMix64 random) {
    return (int) (random.nextUnit() * (2 * config.shift() + 1)) - config.shift();
  }

  private float[] moved(float[] image, int down, int right, boolean mirrored) {
    float[] result = new float[image.length];
    for (int row = 0; row < channels * height; row++) {
      int from = row % height - down;
      if (from < 0 || from >= height) {
        continue;
      }
      int line = (row - down) * width;
      for (int column = 0; column < width; column++) {
        int source = column - right;
        if (source >= 0 && source < width) {
          result[row * width + column] = image[line + (mirrored ? width - 1 - source : source)];
        }
      }
    }
    return result;
  }

  /** Fowler, Noll and Vo, FNV-1a of 64 bits. */
  private static long hash(String id) {
    long hash = FNV_OFFSET;
    for (byte value : id.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (value & 0xff)) * FNV_PRIME;
    }
    return hash;
  }
}
