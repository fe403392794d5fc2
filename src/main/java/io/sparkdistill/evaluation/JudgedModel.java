package io.sparkdistill.evaluation;

import java.io.Serializable;

/** A model that is to be judged beside the teacher. Travels to executors once, as a broadcast. */
public sealed interface JudgedModel extends Serializable
    permits Candidate, OnnxCandidate, RowByRow {
  /**
   * Its name.
   *
   * @return among {@link Metrics#models()}
   */
  String name();

  /**
   * Its size.
   *
   * @return numbers that were learned, and bytes of its file
   */
  ModelSize size();

  /**
   * Opens it.
   *
   * @return for one thread; to be closed
   */
  Scorer open();

  /** A model that is ready to answer. */
  interface Scorer extends AutoCloseable {
    /**
     * Scores rows.
     *
     * @param features rows times width numbers, row by row
     * @param rows at least 1
     * @return rows times classes logits, row by row
     */
    float[] score(float[] features, int rows);

    @Override
    default void close() {}
  }
}
