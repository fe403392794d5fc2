package io.sparkdistill.layers;

import io.sparkdistill.objective.ObjectiveLoss;
import io.sparkdistill.student.NativeBackend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Decides what each layer of a network trains on. */
final class LayerChoice {
  private final MultiLayerNetwork network;
  private final List<TrainingLayer> layers = new ArrayList<>();

  /** Of what the next layer is shown; empty where that is no image of known size. */
  private Optional<InputType.InputTypeConvolutional> image = Optional.empty();

  private final Map<Integer, Integer> ends = new HashMap<>();
  private Rectifier pending = Rectifier.IDENTITY;
  private int lowest = -1;

  LayerChoice(MultiLayerNetwork network, Collection<Integer> tapped) {
    this.network = network;
    int last = network.getnLayers() - 1;
    for (int i = 0; i <= last; i++) {
      addPreProcessor(i);
      Layer layer = network.getLayer(i);
      if (i < last) {
        add(layer);
        if (tapped.contains(i)) {
          settle();
          ends.put(i, layers.size() - 1);
        }
      } else if (isFastHead(layer)) {
        settle();
        addDropout(layer);
      }
    }
    settle();
    if (lowest < 0) {
      lowest = layers.size();
    }
  }

  List<TrainingLayer> layers() {
    return layers;
  }

  /** The place of what gives the output of a tapped layer of the network, from below. */
  int end(int layer) {
    return ends.get(layer);
  }

  /** The lowest of the layers that learns; none below it needs a gradient. */
  int lowest() {
    return lowest;
  }

  Head head() {
    Layer layer = network.getLayer(network.getnLayers() - 1);
    if (isFastHead(layer)) {
      ObjectiveLoss loss = (ObjectiveLoss) ((OutputLayer) layer.conf().getLayer()).getLossFn();
      return new OutputTraining(
          layer.paramTable(), Views.gradients(layer), loss.objective().evaluator());
    }
    return new StockHead((IOutputLayer) layer);
  }

  private void addPreProcessor(int i) {
    InputPreProcessor processor = network.getLayerWiseConfigurations().getInputPreProcess(i);
    if (processor == null) {
      return;
    }
    settle();
    layers.add(new PreProcessorTraining(processor));
    image = Optional.empty();
    if (processor instanceof FeedForwardToCnnPreProcessor cnn) {
      image =
          Optional.of(
              (InputType.InputTypeConvolutional)
                  InputType.convolutional(
                      cnn.getInputHeight(), cnn.getInputWidth(), cnn.getNumChannels()));
    }
  }

  private void add(Layer layer) {
    org.deeplearning4j.nn.conf.layers.Layer conf = layer.conf().getLayer();
    if (isFastPool(conf) && image.isPresent()) {
      addPool((SubsamplingLayer) conf);
    } else {
      settle();
      if (isFastConvolution(conf) && image.isPresent()) {
        addDropout(layer);
        addConvolution(layer, (ConvolutionLayer) conf);
      } else if (isFastDense(conf)) {
        addDropout(layer);
        Rectifier rectifier = Rectifier.of(((DenseLayer) conf).getActivationFn()).orElseThrow();
        learn(new DenseTraining(layer.paramTable(), Views.gradients(layer), rectifier));
      } else if (layer.numParams() > 0) {
        learn(new StockTraining(layer));
      } else {
        layers.add(new StockTraining(layer));
      }
    }
    image =
        image
            .map(type -> conf.getOutputType(-1, type))
            .filter(InputType.InputTypeConvolutional.class::isInstance)
            .map(InputType.InputTypeConvolutional.class::cast);
  }

  /** Without dropout, which Deeplearning4j configures here and does not do. */
  private void addPool(SubsamplingLayer pool) {
    InputType.InputTypeConvolutional type = image.orElseThrow();
    layers.add(
        new MaxPoolTraining(
            (int) type.getChannels(),
            (int) type.getHeight(),
            (int) type.getWidth(),
            pool.getKernelSize()[0],
            pending));
    pending = Rectifier.IDENTITY;
  }

  private void addConvolution(Layer layer, ConvolutionLayer conf) {
    ConvolutionShape shape = ConvolutionShape.of(conf, image.orElseThrow());
    Map<String, INDArray> gradients = Views.gradients(layer);
    boolean bottom = lowest < 0 && shape.isUnitStride();
    learn(
        bottom
            ? new BottomConvolutionTraining(layer.paramTable(), gradients, shape)
            : new InnerConvolutionTraining(layer.paramTable(), gradients, shape));
    pending = Rectifier.of(conf.getActivationFn()).orElseThrow();
  }

  private void learn(TrainingLayer layer) {
    if (lowest < 0) {
      lowest = layers.size();
    }
    layers.add(layer);
  }

  /** Adds the activation of the convolution below, if no pooling has taken it along. */
  private void settle() {
    if (!pending.isIdentity()) {
      layers.add(new RectifierTraining(pending));
      pending = Rectifier.IDENTITY;
    }
  }

  private void addDropout(Layer layer) {
    IDropout dropout = layer.conf().getLayer().getIDropout();
    if (dropout != null) {
      layers.add(new DropoutTraining(dropout));
    }
  }

  private static boolean isFastDense(org.deeplearning4j.nn.conf.layers.Layer conf) {
    return conf.getClass() == DenseLayer.class
        && ((DenseLayer) conf).hasBias()
        && !((DenseLayer) conf).hasLayerNorm()
        && ((DenseLayer) conf).getWeightNoise() == null
        && Rectifier.of(((DenseLayer) conf).getActivationFn()).isPresent();
  }

  private static boolean isFastConvolution(org.deeplearning4j.nn.conf.layers.Layer conf) {
    return NativeBackend.hasOneDnn()
        && conf.getClass() == ConvolutionLayer.class
        && ((ConvolutionLayer) conf).hasBias()
        && ((ConvolutionLayer) conf).getCnn2dDataFormat() == CNN2DFormat.NCHW
        && ((BaseLayer) conf).getWeightNoise() == null
        // ND4J's binding of oneDNN fails on others.
        && all(1, ((ConvolutionLayer) conf).getDilation())
        && Rectifier.of(((ConvolutionLayer) conf).getActivationFn()).isPresent();
  }

  private static boolean isFastPool(org.deeplearning4j.nn.conf.layers.Layer conf) {
    if (conf.getClass() != SubsamplingLayer.class) {
      return false;
    }
    SubsamplingLayer pool = (SubsamplingLayer) conf;
    int kernel = pool.getKernelSize()[0];
    return pool.getPoolingType() == PoolingType.MAX
        && all(kernel, pool.getKernelSize())
        && all(kernel, pool.getStride())
        && all(0, pool.getPadding())
        && all(1, pool.getDilation())
        && kernel > 1
        && kernel <= MaxPoolTraining.MOST
        && pool.getConvolutionMode() != ConvolutionMode.Same
        && pool.getCnn2dDataFormat() == CNN2DFormat.NCHW;
  }

  private static boolean all(int value, int[] values) {
    return Arrays.stream(values).allMatch(each -> each == value);
  }

  private static boolean isFastHead(Layer layer) {
    if (layer.conf().getLayer().getClass() != OutputLayer.class) {
      return false;
    }
    OutputLayer conf = (OutputLayer) layer.conf().getLayer();
    return conf.getWeightNoise() == null
        && conf.getActivationFn() instanceof ActivationIdentity
        && conf.getLossFn() instanceof ObjectiveLoss;
  }
}
