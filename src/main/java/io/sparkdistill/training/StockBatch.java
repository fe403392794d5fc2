package io.sparkdistill.training;

import java.nio.FloatBuffer;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Rows as Deeplearning4j's own classes take them. */
final class StockBatch {
  private StockBatch() {}

  /** The rows from one place on, so many, in their order. */
  static DataSet of(PackedRows rows, int from, int count) {
    float[] features = new float[count * rows.width()];
    float[] targets = new float[count * 2 * rows.classes()];
    for (int i = 0; i < count; i++) {
      rows.copy(from + i, i, FloatBuffer.wrap(features), targets);
    }
    return new DataSet(
        Nd4j.create(features, new long[] {count, rows.width()}, 'c'),
        Nd4j.create(targets, new long[] {count, 2L * rows.classes()}, 'c'));
  }
}
