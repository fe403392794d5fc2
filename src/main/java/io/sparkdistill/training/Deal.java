package io.sparkdistill.training;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Gives all rows to other workers each epoch, one after the other, like cards: as many to each, but
 * for one. A function of its arguments alone.
 *
 * @param workerRows rows that each worker has before
 * @param seed of all deals
 */
record Deal(List<Integer> workerRows, long seed) implements java.io.Serializable {
  /** What one worker gives to each, in the order of the workers. */
  List<PackedRows> dealt(int epoch, int from, PackedRows rows) {
    // Another seed than the one of the order in which the receiver sees them.
    int[] order = EpochOrder.of(rows.rows(), ~seed, epoch, from);
    List<PackedRows> parts = new ArrayList<>();
    for (int to = 0; to < workerRows.size(); to++) {
      int first = first(from, to);
      int[] places =
          IntStream.range(0, count(from, to))
              .map(i -> order[first + i * workerRows.size()])
              .toArray();
      parts.add(PackedRows.gather(List.of(new PackedRows.Pick(rows, places))));
    }
    return parts;
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
    long before = workerRows.subList(0, from).stream().mapToLong(Integer::longValue).sum();
    return Math.floorMod(to - before, workerRows.size());
  }
}
