package io.sparkdistill.layers;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Direct access to the numbers of arrays. */
final class Views {
  private Views() {}

  /** A layer's gradients by the names of its parameters, as parts of its network's. */
  static Map<String, INDArray> gradients(Layer layer) {
    return layer
        .conf()
        .getLayer()
        .initializer()
        .getGradientsFromFlattened(layer.conf(), layer.getGradientsViewArray());
  }

  /** The numbers of an array whose numbers stand side by side, from the first one on. */
  static FloatBuffer memory(INDArray array) {
    FloatBuffer all = array.data().asNioFloat();
    return all.slice(all.position(), Math.toIntExact(array.length()));
  }

  /** Whether the numbers stand side by side in this order. */
  static boolean isDense(INDArray array, char order) {
    return Arrays.equals(array.stride(), Nd4j.getStrides(array.shape(), order));
  }

  /** The array itself if its numbers stand side by side in this order, or else a copy in room. */
  static INDArray dense(INDArray array, char order, Floats room) {
    if (isDense(array, order)) {
      return array;
    }
    INDArray copy = room.shape(order, array.shape());
    copy.assign(array);
    return copy;
  }
}
