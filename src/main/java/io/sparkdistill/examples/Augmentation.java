package io.sparkdistill.examples;

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
  private final Distortion distortion;

  private Augmentation(ViewsConfig config, Distortion distortion) {
    this.config = config;
    this.distortion = distortion;
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
    return new Augmentation(
        config, Distortion.of(config.augmentation(), numbers, "softTargets.augmentation"));
  }

  /**
   * Makes all views of a row.
   *
   * @param row as it was read
   * @param taker takes them, in the order of their numbers
   */
  public void views(Example row, Consumer<View> taker) {
    if (!config.augmentation().augments()) {
      taker.accept(new View(row, 0, 0));
      return;
    }
    SplitMix64 seeds = new SplitMix64(config.seed() ^ hash(row.id()));
    for (int number = 0; number < config.count(); number++) {
      taker.accept(view(row, number, seeds.nextLong()));
    }
  }

  /**
   * Makes one view of a row, to see what views are like.
   *
   * @param row as it was read
   * @return the first of all, or the row itself where nothing is augmented
   */
  public View first(Example row) {
    return config.augmentation().augments()
        ? view(row, 0, new SplitMix64(config.seed() ^ hash(row.id())).nextLong())
        : new View(row, 0, 0);
  }

  private View view(Example row, int number, long seed) {
    return new View(row.shown(seen(row.features(), seed)), number, seed);
  }

  /**
   * Makes one view.
   *
   * @param features of a row as it was read
   * @param seed of a {@link View}
   * @return what the teacher saw; the same array where nothing is augmented
   */
  public float[] seen(float[] features, long seed) {
    if (!config.augmentation().augments()) {
      return features;
    }
    float[] seen = new float[features.length];
    distortion.apply(features, new SplitMix64(seed), seen);
    return seen;
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
