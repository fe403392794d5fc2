package io.sparkdistill.student;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;

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

  /** Numbers that the widest layer makes of a row. */
  static long widest(MultiLayerConfiguration configuration, int width) {
    return configuration.getLayerActivationTypes(InputType.feedForward(width)).stream()
        .mapToLong(InputType::arrayElementsPerExample)
        .max()
        .orElseThrow();
  }

  /** How many numbers are learned. */
  static long parameters(MultiLayerConfiguration configuration) {
    return configuration.getConfs().stream().mapToLong(NetworkShape::parameters).sum();
  }

  private static long parameters(NeuralNetConfiguration layer) {
    return layer.getLayer().initializer().numParams(layer);
  }
}
