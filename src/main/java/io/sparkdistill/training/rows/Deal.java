package io.sparkdistill.training.rows;

import java.util.Iterator;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;
import scala.Tuple2;

/**
 * Gives all rows to other workers each epoch, one after the other, like cards: as many to each, but
 * for one. A function of its arguments alone.
 *
 * @param workerRows rows that each worker has before
 * @param seed of all deals
 */
record Deal(List<Integer> workerRows, long seed) implements java.io.Serializable {
  /** What one worker gives to all, in the order in which it has them. */
  Iterator<Tuple2<Dealt, TrainingRow>> dealt(int epoch, int from, Iterator<TrainingRow> rows) {
    // Another seed than the one of the order in which the receiver sees them.
    int[] order = EpochOrder.of(workerRows.get(from), ~seed, epoch, from);
    int[] turns = new int[order.length];
    for (int turn = 0; turn < order.length; turn++) {
      turns[order[turn]] = turn;
    }
    int workers = workerRows.size();
    long before = before(from);
    PrimitiveIterator.OfInt places = IntStream.range(0, order.length).iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Tuple2<Dealt, TrainingRow> next() {
        int turn = turns[places.nextInt()];
        int to = (int) ((before + turn) % workers);
        return new Tuple2<>(new Dealt(to, from, turn / workers), rows.next());
      }
    };
  }

  /** What each worker has after any deal. */
  List<Integer> rowsAfter() {
    int workers = workerRows.size();
    long all = before(workers);
    return IntStream.range(0, workers)
        .mapToObj(to -> (int) ((all - to + workers - 1) / workers))
        .toList();
  }

  /** Rows of the workers before one: its first row goes to whom theirs have left off. */
  private long before(int from) {
    return workerRows.subList(0, from).stream().mapToLong(Integer::longValue).sum();
  }
}
