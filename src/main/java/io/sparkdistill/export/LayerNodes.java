package io.sparkdistill.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.IActivation;

/** A network of Deeplearning4j as nodes of ONNX. Dropout is left out, as it is when it scores. */
final class LayerNodes {
  private final MultiLayerNetwork network;
  private final OnnxGraph graph;
  private final String place;

  LayerNodes(MultiLayerNetwork network, OnnxGraph graph, String place) {
    this.network = network;
    this.graph = graph;
    this.place = place;
  }

  /** Adds all layers, and gives the tensor of the logits, which is named so. */
  String add(String input, String logits) {
    String tensor = input;
    int last = network.getnLayers() - 1;
    for (int i = 0; i <= last; i++) {
      tensor = shaped(tensor, network.getLayerWiseConfigurations().getInputPreProcess(i));
      Layer layer = network.getLayer(i).conf().getLayer();
      LayerWeights weights = new LayerWeights(network.getLayer(i), i);
      if (i == last) {
        return output(tensor, layer, weights, logits);
      }
      tensor = add(tensor, layer, weights);
    }
    throw StudentOnnx.refused(place, "no layers");
  }

  private String shaped(String input, InputPreProcessor shape) {
    if (shape == null) {
      return input;
    }
    if (shape instanceof FeedForwardToCnnPreProcessor image) {
      long[] dims = {-1, image.getNumChannels(), image.getInputHeight(), image.getInputWidth()};
      String name = graph.constant(Tensors.of("image" + graph.size(), dims, dims.length));
      return graph.node("Reshape", List.of(input, name));
    }
    if (shape instanceof CnnToFeedForwardPreProcessor) {
      return graph.node("Flatten", List.of(input), Attributes.of("axis", 1L));
    }
    throw StudentOnnx.refused(place, shape.getClass().getSimpleName());
  }

  private String output(String input, Layer layer, LayerWeights weights, String logits) {
    if (layer instanceof OutputLayer output) {
      return graph.named(
          logits,
          "Gemm",
          product(input, output.getNIn(), output.getNOut(), output.hasBias(), weights));
    }
    throw StudentOnnx.refused(place, "a last layer that gives no classes");
  }

  private String add(String input, Layer layer, LayerWeights weights) {
    if (layer.getClass() == DropoutLayer.class) {
      return input;
    }
    if (layer.getClass() == ActivationLayer.class) {
      return activated(input, ((ActivationLayer) layer).getActivationFn());
    }
    if (layer.getClass() == DenseLayer.class && !((DenseLayer) layer).hasLayerNorm()) {
      DenseLayer dense = (DenseLayer) layer;
      List<String> inputs =
          product(input, dense.getNIn(), dense.getNOut(), dense.hasBias(), weights);
      return activated(graph.node("Gemm", inputs), dense.getActivationFn());
    }
    if (layer.getClass() == ConvolutionLayer.class) {
      ConvolutionLayer convolution = (ConvolutionLayer) layer;
      return activated(
          ImageNodes.convolution(graph, input, convolution, weights, place),
          convolution.getActivationFn());
    }
    if (layer.getClass() == DepthwiseConvolution2D.class) {
      DepthwiseConvolution2D depthwise = (DepthwiseConvolution2D) layer;
      return activated(
          ChannelNodes.depthwise(graph, input, depthwise, weights, place),
          depthwise.getActivationFn());
    }
    if (layer.getClass() == SeparableConvolution2D.class) {
      SeparableConvolution2D separable = (SeparableConvolution2D) layer;
      return activated(
          ChannelNodes.separable(graph, input, separable, weights, place),
          separable.getActivationFn());
    }
    if (layer.getClass() == SubsamplingLayer.class) {
      return ImageNodes.pooling(graph, input, (SubsamplingLayer) layer, place);
    }
    if (layer.getClass() == GlobalPoolingLayer.class) {
      return ImageNodes.globalPooling(graph, input, (GlobalPoolingLayer) layer, place);
    }
    if (layer.getClass() == BatchNormalization.class) {
      return normalised(input, (BatchNormalization) layer, weights);
    }
    throw StudentOnnx.refused(place, layer.getClass().getSimpleName());
  }

  private String activated(String input, IActivation activation) {
    return ActivationNodes.add(graph, input, activation, place);
  }

  private List<String> product(
      String input, long in, long out, boolean biased, LayerWeights weights) {
    List<String> inputs = new ArrayList<>(List.of(input));
    inputs.add(weights.constant(graph, "W", in, out));
    if (biased) {
      inputs.add(weights.constant(graph, "b", out));
    }
    return inputs;
  }

  private String normalised(String input, BatchNormalization layer, LayerWeights weights) {
    if (layer.getCnn2DFormat() != CNN2DFormat.NCHW) {
      throw StudentOnnx.refused(place, "images with their channels last");
    }
    int channels = (int) layer.getNOut();
    boolean locked = layer.isLockGammaBeta();
    // Deeplearning4j takes both of locked ones or, where one of them would do nothing, neither.
    boolean taken = layer.getGamma() != 1 && layer.getBeta() != 0;
    float[] gamma =
        locked ? filled(channels, taken ? layer.getGamma() : 1) : weights.values("gamma");
    float[] beta = locked ? filled(channels, taken ? layer.getBeta() : 0) : weights.values("beta");
    float[] variance =
        layer.isUseLogStd() ? squared(weights.values("log10stdev")) : weights.values("var");
    return graph.node(
        "BatchNormalization",
        List.of(
            input,
            weights.constant(graph, "gamma", gamma, channels),
            weights.constant(graph, "beta", beta, channels),
            weights.constant(graph, "mean", channels),
            weights.constant(graph, "var", variance, channels)),
        Attributes.of("epsilon", layer.getEps()));
  }

  private static float[] filled(int length, double value) {
    float[] values = new float[length];
    Arrays.fill(values, (float) value);
    return values;
  }

  private static float[] squared(float[] log10) {
    float[] values = new float[log10.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.pow(10, 2.0 * log10[i]);
    }
    return values;
  }
}
