package io.sparkdistill.layers;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Numbers outside the heap that one array at a time is laid over, and that grow when they must. Not
 * thread-safe.
 */
final class Floats {
  private INDArray flat;
  private INDArray shaped;
  private FloatBuffer memory;

  Floats() {
    flat = Nd4j.createUninitializedDetached(DataType.FLOAT, 1);
    shaped = flat;
    memory = flat.data().asNioFloat();
  }

  /** An array over the first numbers; an earlier one must not be used any more. */
  INDArray shape(char order, long... shape) {
    long length = 1;
    for (long size : shape) {
      length = Math.multiplyExact(length, size);
    }
    if (flat.length() < length) {
      flat.close();
      flat = Nd4j.createUninitializedDetached(DataType.FLOAT, length);
      memory = flat.data().asNioFloat();
    }
    shaped = Nd4j.create(flat.data(), shape, Nd4j.getStrides(shape, order), 0, order);
    return shaped;
  }

  INDArray array() {
    return shaped;
  }

  FloatBuffer memory() {
    return memory;
  }
}
