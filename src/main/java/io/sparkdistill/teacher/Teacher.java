package io.sparkdistill.teacher;

import io.sparkdistill.examples.Example;
import io.sparkdistill.failure.BadInputException;

/** A teacher that is ready to score. Thread-safe. */
public sealed interface Teacher extends AutoCloseable
    permits OnnxTeacher, Dl4jTeacher, ColumnTeacher {
  /**
   * Room for rows that are scored at once.
   *
   * @param rows at most, at least 1
   * @return to be used again and again; not thread-safe
   */
  Batch batch(int rows);

  @Override
  void close();

  /** Rows on their way to the teacher. */
  interface Batch {
    /**
     * Puts a row at its place.
     *
     * @param row from 0
     * @param example of the teacher's width
     */
    void put(int row, Example example);

    /**
     * Scores the first rows.
     *
     * @param rows at least 1
     * @return whatever the teacher says, also NaN
     * @throws BadInputException if the teacher fails on these rows, or gives another number of
     *     logits or values that are not one tensor a row
     */
    Answers score(int rows);
  }
}
