package io.sparkdistill.training.rows;

import java.io.Serializable;
import java.util.Comparator;

/**
 * Where a row comes to lie when all are dealt.
 *
 * @param worker who receives it
 * @param from who had it before
 * @param number among those that the one gives to the other
 */
record Dealt(int worker, int from, int number) implements Comparable<Dealt>, Serializable {
  private static final Comparator<Dealt> ORDER =
      Comparator.comparingInt(Dealt::worker)
          .thenComparingInt(Dealt::from)
          .thenComparingInt(Dealt::number);

  @Override
  public int compareTo(Dealt other) {
    return ORDER.compare(this, other);
  }
}
