package io.sparkdistill.layers;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The parameters of all regressors of a network, one after the other, and their gradients behind
 * them. They are freed with it. Not thread-safe.
 */
final class RegressorMemory {
  private final int length;
  private final INDArray all;

  /** Room for so many parameters, all 0. */
  RegressorMemory(int length) {
    this.length = length;
    this.all = Nd4j.createUninitializedDetached(DataType.FLOAT, Math.max(1, 2L * length));
    all.assign(0);
  }

  int length() {
    return length;
  }

  FloatBuffer parameters() {
    return Views.memory(all).slice(0, length);
  }

  FloatBuffer gradients() {
    return Views.memory(all).slice(length, length);
  }

  /** A matrix of parameters, column by column, that begins at one of them. */
  INDArray parameters(int from, int rows, int columns) {
    return matrix(from, rows, columns);
  }

  /** The same of gradients. */
  INDArray gradients(int from, int rows, int columns) {
    return matrix(length + from, rows, columns);
  }

  private INDArray matrix(int from, int rows, int columns) {
    long[] shape = {rows, columns};
    return Nd4j.create(all.data(), shape, Nd4j.getStrides(shape, 'f'), from, 'f');
  }
}
