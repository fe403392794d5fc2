package io.sparkdistill.training.rows;

import static io.sparkdistill.math.SplitMix64.mixed;

import java.util.SplittableRandom;

/** The order in which a worker sees its rows: another one each epoch, the same one each time. */
final class EpochOrder {
  private EpochOrder() {}

  /** A permutation of 0 to rows - 1 (Fisher and Yates). */
  static int[] of(int rows, long seed, int epoch, int worker) {
    SplittableRandom random = new SplittableRandom(mixed(mixed(mixed(seed) + epoch + 1) + worker));
    int[] order = new int[rows];
    for (int i = 0; i < rows; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
