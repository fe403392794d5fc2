package io.sparkdistill.columnar;

import java.io.IOException;
import java.util.List;

/**
 * Rows of one kind in a {@link ColumnFile}. Not thread-safe.
 *
 * @param <T> of the rows
 */
public final class ColumnRows<T> implements RowWriter<T> {
  private final Cells<T> cells;
  private final ColumnFile file;

  /**
   * What a row has in each column.
   *
   * @param <T> of the rows
   */
  @FunctionalInterface
  public interface Cells<T> {
    /**
     * Gives every column its value.
     *
     * @param row the next one
     * @param file whose row is not to be ended
     * @throws IOException if a page cannot be compressed
     */
    void write(T row, ColumnFile file) throws IOException;
  }

  private ColumnRows(Cells<T> cells, ColumnFile file) {
    this.cells = cells;
    this.file = file;
  }

  /**
   * Rows of these columns.
   *
   * @param columns of the rows
   * @param cells of a row
   * @param <T> of the rows
   * @return creates files of them
   */
  public static <T> AttemptFile.Creation<ColumnRows<T>> of(
      List<FileColumn> columns, Cells<T> cells) {
    return (path, conf) -> new ColumnRows<>(cells, ColumnFile.create(path, columns, conf));
  }

  /**
   * The file that the rows are in.
   *
   * @return not to be closed
   */
  public ColumnFile file() {
    return file;
  }

  @Override
  public void write(T row) throws IOException {
    cells.write(row, file);
    file.endRow();
  }

  @Override
  public void finish() throws IOException {
    file.close();
  }

  @Override
  public void abandon() throws IOException {
    file.abandon();
  }
}
