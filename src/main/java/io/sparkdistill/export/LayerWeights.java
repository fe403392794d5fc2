package io.sparkdistill.export;

import java.util.Locale;
import org.deeplearning4j.nn.api.Layer;

/**
 * What a layer has learned.
 *
 * @param layer of Deeplearning4j
 * @param number of it in its network, from 0
 */
record LayerWeights(Layer layer, int number) {
  /** Copies a parameter, row by row. */
  float[] values(String key) {
    return layer.getParam(key).dup('c').data().asFloat();
  }

  /** Copies a parameter into a graph, and gives its name there. */
  String constant(OnnxGraph graph, String key, long... dims) {
    return constant(graph, key, values(key), dims);
  }

  /** Puts numbers of this layer into a graph, and gives their name there. */
  String constant(OnnxGraph graph, String key, float[] values, long... dims) {
    return graph.constant(
        Tensors.of("layer" + number + "_" + key.toLowerCase(Locale.ROOT), values, dims));
  }
}
