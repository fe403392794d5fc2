package io.sparkdistill.training.rows;

import java.io.File;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Rows that come by once, in their order: those that are asked for are put into a file that lasts
 * as long as they are lent. Not thread-safe.
 */
final class StreamedRows implements RowSource {
  private final Iterator<TrainingRow> rows;
  private final Supplier<File> files;

  /** With names for files that may be created. */
  StreamedRows(Iterator<TrainingRow> rows, Supplier<File> files) {
    this.rows = rows;
    this.files = files;
  }

  @Override
  public int count() {
    int count = 0;
    while (rows.hasNext()) {
      rows.next();
      count++;
    }
    return count;
  }

  @Override
  public Iterator<TrainingRow> all() {
    return rows;
  }

  @Override
  public <T> T read(int[] places, Function<Rows, T> use) {
    int[] sorted = Arrays.stream(places).sorted().distinct().toArray();
    try (RowFile picked = RowFile.write(files.get(), new Picking(rows, sorted))) {
      return use.apply(new Picked(sorted, picked));
    }
  }

  /** Rows at some places; those after the last are not asked for. */
  private static final class Picking implements Iterator<TrainingRow> {
    private final Iterator<TrainingRow> rows;
    private final int[] sorted;
    private int passed;
    private int given;

    Picking(Iterator<TrainingRow> rows, int[] sorted) {
      this.rows = rows;
      this.sorted = sorted;
    }

    @Override
    public boolean hasNext() {
      return given < sorted.length;
    }

    @Override
    public TrainingRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      while (passed < sorted[given]) {
        rows.next();
        passed++;
      }
      passed++;
      given++;
      return rows.next();
    }
  }

  /**
   * Some rows under the numbers that they have among all.
   *
   * @param sorted their numbers
   * @param picked in this order
   */
  @SuppressWarnings("ArrayRecordComponent") // Lives as long as the loan.
  private record Picked(int[] sorted, RowFile picked) implements Rows {
    @Override
    public int rows() {
      return picked.rows();
    }

    @Override
    public int width() {
      return picked.width();
    }

    @Override
    public int classes() {
      return picked.classes();
    }

    @Override
    public int tensors() {
      return picked.tensors();
    }

    @Override
    public void copy(int from, int to, FloatBuffer features, float[] targets) {
      picked.copy(Arrays.binarySearch(sorted, from), to, features, targets);
    }

    @Override
    public void copyTensors(int from, int to, float[] tensors) {
      picked.copyTensors(Arrays.binarySearch(sorted, from), to, tensors);
    }
  }
}
