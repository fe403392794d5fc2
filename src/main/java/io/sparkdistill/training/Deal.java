package io.sparkdistill.training;

import java.util.ArrayList;
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
    PrimitiveIterator.OfInt places = IntStream.range(0, order.length).iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Tuple2<Dealt, TrainingRow> next() {
        return new Tuple2<>(place(from, turns[places.nextInt()]), rows.next());
      }
    };
  }

  private Dealt place(int from, int turn) {
    int workers = workerRows.size();
    return new Dealt((int) ((before(from) + turn) % workers), from, turn / workers);
  }

  /** What each worker has after any deal. */
  List<Integer> rowsAfter() {
    List<Integer> after = new ArrayList<>();
    for (int to = 0; to < workerRows.size(); to++) {
      int receiver = to;
      after.add(IntStream.range(0, workerRows.size()).map(from -> count(from, receiver)).sum());
    }
    return after;
  }

  private int count(int from, int to) {
    int workers = workerRows.size();
    return Math.max(0, (workerRows.get(from) - first(from, to) + workers - 1) / workers);
  }

  /** A worker's first row goes to whom the rows before have left off. */
  private int first(int from, int to) {
    return Math.floorMod(to - before(from), workerRows.size());
  }

  private long before(int from) {
    return workerRows.subList(0, from).stream().mapToLong(Integer::longValue).sum();
  }
}
