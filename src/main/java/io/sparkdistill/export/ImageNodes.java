package io.sparkdistill.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import onnx.Onnx.AttributeProto;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;

/** Convolutions and pooling, of images with their channels first. Stateless. */
final class ImageNodes {
  private static final int[] HEIGHT_AND_WIDTH = {2, 3};

  private ImageNodes() {}

  static String convolution(
      OnnxGraph graph, String input, ConvolutionLayer layer, LayerWeights weights, String place) {
    requireChannelsFirst(layer.getCnn2dDataFormat(), place);
    List<String> inputs = new ArrayList<>(List.of(input));
    inputs.add(
        weights.constant(
            graph,
            "W",
            layer.getNOut(),
            layer.getNIn(),
            layer.getKernelSize()[0],
            layer.getKernelSize()[1]));
    if (layer.hasBias()) {
      inputs.add(weights.constant(graph, "b", layer.getNOut()));
    }
    return graph.node("Conv", inputs, windows(layer).toArray(new AttributeProto[0]));
  }

  /** Where a convolution looks, to be added to. */
  static List<AttributeProto> windows(ConvolutionLayer layer) {
    List<AttributeProto> attributes =
        windows(
            layer.getKernelSize(),
            layer.getStride(),
            layer.getPadding(),
            layer.getConvolutionMode());
    attributes.add(Attributes.of("dilations", layer.getDilation()));
    return attributes;
  }

  static String pooling(OnnxGraph graph, String input, SubsamplingLayer layer, String place) {
    requireChannelsFirst(layer.getCnn2dDataFormat(), place);
    boolean spread = layer.getDilation()[0] != 1 || layer.getDilation()[1] != 1;
    List<AttributeProto> attributes =
        windows(
            layer.getKernelSize(),
            layer.getStride(),
            layer.getPadding(),
            layer.getConvolutionMode());
    if (layer.getPoolingType() == PoolingType.MAX && !spread) {
      return graph.node("MaxPool", List.of(input), attributes.toArray(new AttributeProto[0]));
    }
    if (layer.getPoolingType() == PoolingType.AVG && !spread) {
      attributes.add(
          Attributes.of("count_include_pad", layer.isAvgPoolIncludePadInDivisor() ? 1L : 0L));
      return graph.node("AveragePool", List.of(input), attributes.toArray(new AttributeProto[0]));
    }
    throw StudentOnnx.refused(
        place, "pooling of kind " + layer.getPoolingType() + (spread ? " with dilation" : ""));
  }

  /** One number of each channel. */
  static String globalPooling(
      OnnxGraph graph, String input, GlobalPoolingLayer layer, String place) {
    // None where layers have not met their inputs; then those of images, channels first.
    int[] dimensions = layer.getPoolingDimensions();
    boolean usual =
        layer.isCollapseDimensions()
            && (dimensions == null || Arrays.equals(dimensions, HEIGHT_AND_WIDTH));
    if (layer.getPoolingType() == PoolingType.MAX && usual) {
      return flat(graph, graph.node("GlobalMaxPool", List.of(input)));
    }
    if (layer.getPoolingType() == PoolingType.AVG && usual) {
      return flat(graph, graph.node("GlobalAveragePool", List.of(input)));
    }
    throw StudentOnnx.refused(
        place,
        "global pooling of kind "
            + layer.getPoolingType()
            + (usual ? "" : " of other dimensions than height and width"));
  }

  private static String flat(OnnxGraph graph, String input) {
    return graph.node("Flatten", List.of(input), Attributes.of("axis", 1L));
  }

  private static List<AttributeProto> windows(
      int[] kernel, int[] stride, int[] padding, ConvolutionMode mode) {
    List<AttributeProto> attributes = new ArrayList<>();
    attributes.add(Attributes.of("kernel_shape", kernel));
    attributes.add(Attributes.of("strides", stride));
    attributes.add(
        mode == ConvolutionMode.Same
            ? Attributes.of("auto_pad", "SAME_UPPER")
            : Attributes.of("pads", padding[0], padding[1], padding[0], padding[1]));
    return attributes;
  }

  static void requireChannelsFirst(CNN2DFormat format, String place) {
    if (format != CNN2DFormat.NCHW) {
      throw StudentOnnx.refused(place, "images with their channels last");
    }
  }
}
