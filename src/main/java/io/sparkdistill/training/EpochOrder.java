package io.sparkdistill.training;

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

  /** Spreads neighbouring seeds apart: Stafford's mixer 13, as SplitMix64 ends. */
  static long mixed(long value) {
    long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
