package io.sparkdistill.training;

import java.util.Iterator;
import java.util.function.Function;

/** Where a task finds one worker's rows, numbered from 0. Some can be asked only once. */
interface RowSource {
  /** How many there are. */
  int count();

  /** All of them, in their order. */
  Iterator<TrainingRow> all();

  /**
   * Lends some of them.
   *
   * @param places theirs; none else need be at hand
   * @param use is given them under the same numbers, and must not keep them
   * @return what {@code use} gives
   */
  <T> T read(int[] places, Function<Rows, T> use);
}
