package io.sparkdistill.student;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What goes into a network and comes out of it. Stateless. */
final class NetworkShape {
  private NetworkShape() {}

  /** Numbers in a row's features; 0 for a network that takes no rows of numbers. */
  static long width(MultiLayerConfiguration configuration) {
    int i = 0;
    while (i < configuration.getConfs().size() - 1 && isOfAnyWidth(configuration, i)) {
      i++;
    }
    if (configuration.getInputPreProcess(i) instanceof FeedForwardToCnnPreProcessor image) {
      return image.getInputHeight() * image.getInputWidth() * image.getNumChannels();
    }
    Layer first = configuration.getConf(i).getLayer();
    return first instanceof FeedForwardLayer layer && !(first instanceof ConvolutionLayer)
        ? layer.getNIn()
        : 0;
  }

  private static boolean isOfAnyWidth(MultiLayerConfiguration configuration, int i) {
    Layer layer = configuration.getConf(i).getLayer();
    return configuration.getInputPreProcess(i) == null
        && (layer instanceof DropoutLayer || layer instanceof ActivationLayer);
  }

  /** What the last layer is. */
  static OutputLayer output(NeuralNetConfiguration last, String place) {
    if (last.getLayer() instanceof OutputLayer output) {
      return output;
    }
    throw StudentZip.refused(place, "a last layer that gives no classes");
  }

  /**
   * Numbers that the widest layer makes of a row; layers of any kind tell by being asked for one.
   */
  static long widest(MultiLayerConfiguration configuration, int width) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration.clone());
    network.init();
    try (INDArray row = Nd4j.zeros(DataType.FLOAT, 1, width)) {
      return network.feedForward(row, false).stream()
          .mapToLong(INDArray::length)
          .max()
          .orElseThrow();
    } finally {
      network.close();
    }
  }

  /** How many numbers are learned. */
  static long parameters(MultiLayerConfiguration configuration) {
    return configuration.getConfs().stream().mapToLong(NetworkShape::parameters).sum();
  }

  private static long parameters(NeuralNetConfiguration layer) {
    return layer.getLayer().initializer().numParams(layer);
  }
}
