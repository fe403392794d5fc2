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
    int channels = (int) layer.getNIn();
    int each = layer.getDepthMultiplier();
    int size = layer.getKernelSize()[0] * layer.getKernelSize()[1];
    // Deeplearning4j has them as [height, width, c, m].
    float[] from = weights.values("W");
    float[] filters = new float[from.length];
    for (int filter = 0; filter < channels * each; filter++) {
      for (int pixel = 0; pixel < size; pixel++) {
        filters[filter * size + pixel] = from[pixel * channels * each + filter];
      }
    }
    List<String> inputs = new ArrayList<>(List.of(input));
    inputs.add(filters(graph, "W", filters, layer, channels * each, weights));
    if (layer.hasBias()) {
      inputs.add(weights.constant(graph, "b", channels * (long) each));
    }
    return convolution(graph, inputs, layer, channels);
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
    int size = layer.getKernelSize()[0] * layer.getKernelSize()[1];
    // Deeplearning4j has them as [m, c, height, width].
    float[] from = weights.values("W");
    float[] filters = new float[from.length];
    for (int channel = 0; channel < channels; channel++) {
      for (int i = 0; i < each; i++) {
        System.arraycopy(
            from, (i * channels + channel) * size, filters, (channel * each + i) * size, size);
      }
    }
    String apart =
        convolution(
            graph,
            List.of(input, filters(graph, "W", filters, layer, channels * each, weights)),
            layer,
            channels);
    List<String> inputs = new ArrayList<>(List.of(apart));
    inputs.add(weights.constant(graph, "pW", layer.getNOut(), channels * (long) each, 1, 1));
    if (layer.hasBias()) {
      inputs.add(weights.constant(graph, "b", layer.getNOut()));
    }
    return graph.node("Conv", inputs);
  }

  private static String filters(
      OnnxGraph graph,
      String key,
      float[] filters,
      ConvolutionLayer layer,
      int count,
      LayerWeights weights) {
    int[] kernel = layer.getKernelSize();
    return weights.constant(graph, key, filters, count, 1, kernel[0], kernel[1]);
  }

  private static String convolution(
      OnnxGraph graph, List<String> inputs, ConvolutionLayer layer, int groups) {
    List<AttributeProto> attributes = ImageNodes.windows(layer);
    attributes.add(Attributes.of("group", (long) groups));
    return graph.node("Conv", inputs, attributes.toArray(new AttributeProto[0]));
  }
}
