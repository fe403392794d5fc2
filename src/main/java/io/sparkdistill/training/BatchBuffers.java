package io.sparkdistill.training;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Memory for one batch, outside the heap, that is filled again and again. Not thread-safe. */
final class BatchBuffers implements AutoCloseable {
  private final PackedRows rows;
  private final float[] features;
  private final float[] targets;
  private final INDArray featureArray;
  private final INDArray targetArray;

  BatchBuffers(PackedRows rows, int batchSize) {
    this.rows = rows;
    int most = Math.min(batchSize, rows.rows());
    this.features = new float[most * rows.width()];
    this.targets = new float[most * 2 * rows.classes()];
    this.featureArray = Nd4j.create(features, new long[] {most, rows.width()}, 'c');
    this.targetArray = Nd4j.create(targets, new long[] {most, 2L * rows.classes()}, 'c');
  }

  /** Fills the buffers with the rows at places {@code from} to {@code end} of an order. */
  void fill(int[] order, int from, int end) {
    for (int i = from; i < end; i++) {
      rows.copy(order[i], i - from, features, targets);
    }
    featureArray.data().asNioFloat().put(features, 0, (end - from) * rows.width());
    targetArray.data().asNioFloat().put(targets, 0, (end - from) * 2 * rows.classes());
  }

  INDArray features(int count) {
    return head(featureArray, count);
  }

  INDArray targets(int count) {
    return head(targetArray, count);
  }

  private static INDArray head(INDArray array, int count) {
    return count == array.size(0)
        ? array
        : array.get(NDArrayIndex.interval(0, count), NDArrayIndex.all());
  }

  @Override
  public void close() {
    featureArray.close();
    targetArray.close();
  }
}
