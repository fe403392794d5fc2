package io.sparkdistill.training;

import io.sparkdistill.config.RoundsConfig.Shuffle;
import java.io.Serializable;
import java.util.stream.IntStream;

/** In which order a worker sees its rows. */
interface RowOrder extends Serializable {
  /** A permutation of 0 to rows - 1, the same each time. */
  int[] of(int rows, int epoch, int worker);

  /** The order that was asked for. */
  static RowOrder of(Shuffle shuffle, long seed) {
    return shuffle == Shuffle.NONE ? new AsTheyStand() : new Permuted(seed);
  }

  /** Always the first one first. */
  record AsTheyStand() implements RowOrder {
    @Override
    public int[] of(int rows, int epoch, int worker) {
      return IntStream.range(0, rows).toArray();
    }
  }

  /**
   * Another one each epoch.
   *
   * @param seed of all
   */
  record Permuted(long seed) implements RowOrder {
    @Override
    public int[] of(int rows, int epoch, int worker) {
      return EpochOrder.of(rows, seed, epoch, worker);
    }
  }
}
