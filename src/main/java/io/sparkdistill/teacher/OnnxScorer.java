package io.sparkdistill.teacher;

import ai.onnxruntime.OrtEnvironment;

/** An {@link OnnxFile} that is ready to score. Not thread-safe. */
public final class OnnxScorer implements AutoCloseable {
  private final OnnxTeacher session;
  private final int width;
  private int room;
  private OnnxTeacher.OnnxBatch batch;

  OnnxScorer(OnnxTeacher session, int width) {
    this.session = session;
    this.width = width;
    this.batch = session.batch(1);
    this.room = 1;
  }

  /**
   * The version of ONNX Runtime.
   *
   * @return as it says
   */
  public static String runtimeVersion() {
    return OrtEnvironment.getEnvironment().getVersion();
  }

  /**
   * Scores rows.
   *
   * @param features rows times width numbers, row by row
   * @param rows at least 1
   * @return what its output says, and what the inner tensors were
   */
  public Answers score(float[] features, int rows) {
    put(features, rows);
    return batch.score(rows);
  }

  /**
   * Copies rows to where the runtime reads them, so that {@link #again} can be timed.
   *
   * @param features rows times width numbers, row by row
   * @param rows at least 1
   */
  public void put(float[] features, int rows) {
    if (rows > room) {
      batch = session.batch(rows);
      room = rows;
    }
    batch.put(features, rows * width);
  }

  /**
   * Scores the rows that were put.
   *
   * @param rows as many as were put
   * @return as {@link #score} does
   */
  public Answers again(int rows) {
    return batch.score(rows);
  }

  @Override
  public void close() {
    session.close();
  }
}
