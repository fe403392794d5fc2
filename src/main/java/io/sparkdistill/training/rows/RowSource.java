package io.sparkdistill.training.rows;

import java.util.Iterator;
import java.util.function.Function;

/** Where a task finds one worker's rows, numbered from 0. Some can be asked only once. */
public interface RowSource {
  /**
   * How many there are.
   *
   * @return at least 0
   */
  int count();

  /**
   * All of them, in their order.
   *
   * @return read from where they lie as it goes on
   */
  Iterator<TrainingRow> all();

  /**
   * Lends some of them.
   *
   * @param <T> what comes of it
   * @param places theirs; none else need be at hand
   * @param use is given them under the same numbers, and must not keep them
   * @return what {@code use} gives
   */
  <T> T read(int[] places, Function<Rows, T> use);
}
