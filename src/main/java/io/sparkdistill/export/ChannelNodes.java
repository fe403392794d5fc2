package io.sparkdistill.export;

import java.util.ArrayList;
import java.util.List;
import onnx.Onnx.AttributeProto;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;

/**
 * Convolutions of each channel by itself, of images with their channels first: Howard and others,
 * "MobileNets: Efficient Convolutional Neural Networks for Mobile Vision Applications" (2017),
 * section 3.1. Of c channels, each gives m: those of channel i begin at i * m. Stateless.
 */
final class ChannelNodes {
  private ChannelNodes() {}

  static String depthwise(
      OnnxGraph graph,
      String input,
      DepthwiseConvolution2D layer,
      LayerWeights weights,
      String place) {
    ImageNodes.requireChannelsFirst(layer.getCnn2dDataFormat(), place);
    int count = (int) layer.getNIn() * layer.getDepthMultiplier();
    int size = pixels(layer);
    // Deeplearning4j has them as [height, width, c, m].
    float[] from = weights.values("W");
    float[] filters = new float[from.length];
    for (int filter = 0; filter < count; filter++) {
      for (int pixel = 0; pixel < size; pixel++) {
        filters[filter * size + pixel] = from[pixel * count + filter];
      }
    }
    List<String> inputs = inputs(graph, input, layer, filters, weights);
    if (layer.hasBias()) {
      inputs.add(weights.constant(graph, "b", count));
    }
    return convolution(graph, inputs, layer);
  }

  /** Depthwise, without a bias, and then across channels. */
  static String separable(
      OnnxGraph graph,
      String input,
      SeparableConvolution2D layer,
      LayerWeights weights,
      String place) {
    ImageNodes.requireChannelsFirst(layer.getCnn2dDataFormat(), place);
    int channels = (int) layer.getNIn();
    int each = layer.getDepthMultiplier();
    int size = pixels(layer);
    // Deeplearning4j has them as [m, c, height, width].
    float[] from = weights.values("W");
    float[] filters = new float[from.length];
    for (int channel = 0; channel < channels; channel++) {
      for (int i = 0; i < each; i++) {
        System.arraycopy(
            from, (i * channels + channel) * size, filters, (channel * each + i) * size, size);
      }
    }
    String apart = convolution(graph, inputs(graph, input, layer, filters, weights), layer);
    List<String> inputs = new ArrayList<>(List.of(apart));
    inputs.add(weights.constant(graph, "pW", layer.getNOut(), channels * (long) each, 1, 1));
    if (layer.hasBias()) {
      inputs.add(weights.constant(graph, "b", layer.getNOut()));
    }
    return graph.node("Conv", inputs);
  }

  private static int pixels(ConvolutionLayer layer) {
    return layer.getKernelSize()[0] * layer.getKernelSize()[1];
  }

  /** An image, and a filter for each channel that is given; a bias may follow. */
  private static List<String> inputs(
      OnnxGraph graph,
      String image,
      ConvolutionLayer layer,
      float[] filters,
      LayerWeights weights) {
    int[] kernel = layer.getKernelSize();
    long count = filters.length / pixels(layer);
    List<String> inputs = new ArrayList<>(List.of(image));
    inputs.add(weights.constant(graph, "W", filters, count, 1, kernel[0], kernel[1]));
    return inputs;
  }

  private static String convolution(OnnxGraph graph, List<String> inputs, ConvolutionLayer layer) {
    List<AttributeProto> attributes = ImageNodes.windows(layer);
    attributes.add(Attributes.of("group", layer.getNIn()));
    return graph.node("Conv", inputs, attributes.toArray(new AttributeProto[0]));
  }
}
