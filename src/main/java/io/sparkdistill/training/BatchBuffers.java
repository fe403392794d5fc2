package io.sparkdistill.training;

import io.sparkdistill.layers.Step;
import io.sparkdistill.training.rows.Rows;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Memory for one batch, outside the heap, that is filled again and again. Not thread-safe. */
final class BatchBuffers implements AutoCloseable {
  private final Rows rows;
  private final float[] targets;
  private final float[] tensors;
  private final INDArray featureArray;
  private final FloatBuffer features;

  /** For rows of which at most so many are filled in at once. */
  BatchBuffers(Rows rows, int most) {
    this.rows = rows;
    this.targets = new float[most * 2 * rows.classes()];
    this.tensors = new float[most * rows.tensors()];
    this.featureArray =
        Nd4j.createUninitializedDetached(DataType.FLOAT, 'c', most, Math.max(1, rows.width()));
    this.features = featureArray.data().asNioFloat();
  }

  /** Fills the buffers with the rows at places {@code from} to {@code end} of an order. */
  void fill(int[] order, int from, int end) {
    for (int i = from; i < end; i++) {
      rows.copy(order[i], i - from, features, targets);
      if (tensors.length > 0) {
        rows.copyTensors(order[i], i - from, tensors);
      }
    }
  }

  /** Changes the inputs of the first rows that were filled in. */
  void change(InputChange change, int count, Step step) {
    change.apply(features, count, step);
  }

  /** The first rows that were filled in, [count, width] in order 'c'. */
  INDArray features(int count) {
    return count == featureArray.size(0)
        ? featureArray
        : featureArray.get(NDArrayIndex.interval(0, count), NDArrayIndex.all());
  }

  /** The targets of these rows and no others. */
  float[] targets(int count) {
    return first(targets, count * 2 * rows.classes());
  }

  /** What hidden layers are compared with in these rows and no others. */
  float[] tensors(int count) {
    return first(tensors, count * rows.tensors());
  }

  private static float[] first(float[] all, int numbers) {
    return numbers == all.length ? all : Arrays.copyOf(all, numbers);
  }

  @Override
  public void close() {
    featureArray.close();
  }
}
