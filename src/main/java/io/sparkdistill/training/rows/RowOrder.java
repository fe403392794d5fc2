package io.sparkdistill.training.rows;

import io.sparkdistill.config.RoundsConfig.Shuffle;
import java.io.Serializable;
import java.util.stream.IntStream;

/** In which order a worker sees its rows. */
public interface RowOrder extends Serializable {
  /**
   * The order of one epoch.
   *
   * @param rows how many there are
   * @param epoch from 0
   * @param worker from 0
   * @return a permutation of 0 to rows - 1, the same each time
   */
  int[] of(int rows, int epoch, int worker);

  /**
   * The order that was asked for.
   *
   * @param shuffle which rows a worker has is not looked at
   * @param seed of all orders
   * @return as they stand only where nothing is to be shuffled
   */
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
