package io.sparkdistill.columnar;

import java.io.IOException;

/**
 * A Parquet file that rows are written to. Not thread-safe.
 *
 * @param <T> of the rows
 */
public interface RowWriter<T> {
  /**
   * Writes a row.
   *
   * @param row the next one
   * @throws IOException if the store does not take it
   */
  void write(T row) throws IOException;

  /**
   * Ends the file.
   *
   * @throws IOException if the store does not take it
   */
  void finish() throws IOException;

  /**
   * Lets go of the file without ending it.
   *
   * @throws IOException if the store fails
   */
  void abandon() throws IOException;
}
