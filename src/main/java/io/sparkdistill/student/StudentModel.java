package io.sparkdistill.student;

import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.failure.DistillException;
import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.failure.InvalidConfigurationException;
import io.sparkdistill.storage.ModelFile;
import io.sparkdistill.storage.Sha256;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationRReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * A network that the user brings: the layers of a Deeplearning4j configuration, or of a zip, whose
 * parameters are those to begin with. Both are opened by the reader of students, which makes
 * nothing of a class but those that students have. Updaters, seed, the last layer's activation and
 * its loss are not the file's, but what training asks for. Immutable and thread-safe.
 */
public final class StudentModel {
  private static final String KEY = "student.model";
  private static final int MOST_PARAMETERS = Integer.MAX_VALUE / Float.BYTES;

  private final String place;
  private final String sha256;
  private final MultiLayerConfiguration configuration;
  private final Optional<float[]> parameters;

  private StudentModel(
      String place,
      String sha256,
      MultiLayerConfiguration configuration,
      Optional<float[]> parameters) {
    this.place = place;
    this.sha256 = sha256;
    this.configuration = configuration;
    this.parameters = parameters;
  }

  /**
   * Reads and inspects a file.
   *
   * @param uri a Hadoop URI or a relative local path
   * @param conf where file systems are configured
   * @return the network
   * @throws BadInputException if it is missing, or no network that a student can be
   */
  public static StudentModel read(String uri, Configuration conf) {
    ModelFile file = ModelFile.read(KEY, uri, KEY, "a network of Deeplearning4j", conf);
    return of(file.bytes(), file.place());
  }

  static StudentModel of(byte[] bytes, String place) {
    NativeBackend.choose();
    try {
      StudentModel model = isZip(bytes) ? ofZip(bytes, place) : ofJson(bytes, place);
      model.requireSound();
      return model;
    } catch (BadInputException e) {
      throw e;
    } catch (IntegrityException e) {
      throw refused(place, "the reader of students refuses it: \"" + e.getMessage() + "\"", e);
    } catch (RuntimeException e) {
      // The libraries throw exceptions of all kinds at content that they cannot use.
      throw refused(place, "it is no network: " + e.toString().lines().findFirst().orElse(""), e);
    }
  }

  private static boolean isZip(byte[] bytes) {
    return bytes.length > 1 && bytes[0] == 'P' && bytes[1] == 'K';
  }

  private static StudentModel ofZip(byte[] zip, String place) {
    MultiLayerNetwork network = StudentZip.read(zip, place);
    return new StudentModel(
        place,
        Sha256.of(zip),
        network.getLayerWiseConfigurations(),
        Optional.of(network.params().dup('c').data().asFloat()));
  }

  private static StudentModel ofJson(byte[] json, String place) {
    return new StudentModel(
        place, Sha256.of(json), StudentZip.configuration(json, place), Optional.empty());
  }

  private void requireSound() {
    output(configuration);
    if (NetworkShape.width(configuration) < 1) {
      throw refused(
          "its first layer takes no rows of numbers, or does not say how many: "
              + configuration.getConf(0).getLayer().getClass().getSimpleName()
              + ". Build it with InputType.feedForward or InputType.convolutionalFlat");
    }
    long learned = NetworkShape.parameters(configuration);
    if (learned < 1 || learned > MOST_PARAMETERS) {
      throw refused("it has not from 1 to " + MOST_PARAMETERS + " parameters: " + learned);
    }
    long constraints = NormLimits.constraints(configuration);
    if (NormLimits.of(configuration).count() != constraints) {
      throw refused(
          "not all of its constraints are limits of the weights of units or filters: "
              + constraints
              + ". Build them with constrainWeights, over dimension 0 of dense layers and 1, 2 and 3"
              + " of convolutions");
    }
    for (float value : parameters.orElseGet(() -> new float[0])) {
      if (!Float.isFinite(value)) {
        throw refused("not all of its parameters are finite: " + value);
      }
    }
  }

  /**
   * Its name from here on.
   *
   * @return digest of the file
   */
  public String sha256() {
    return sha256;
  }

  /**
   * What it reads.
   *
   * @return numbers in a row's features
   */
  public int width() {
    return (int) NetworkShape.width(configuration);
  }

  /**
   * Where it was read from.
   *
   * @return for messages
   */
  public String place() {
    return place;
  }

  /**
   * What training begins with.
   *
   * @return all parameters, in Deeplearning4j's order, not to be changed; empty where the seed
   *     decides
   */
  Optional<float[]> parameters() {
    return parameters;
  }

  /**
   * For the engine that does not seed its steps.
   *
   * @throws InvalidConfigurationException if it drops units, or changes them in another random way
   */
  public void requireNothingRandom() {
    for (NeuralNetConfiguration layer : configuration.getConfs()) {
      random(layer.getLayer())
          .ifPresent(
              part -> {
                throw new InvalidConfigurationException(
                    "Cannot train "
                        + KEY
                        + " "
                        + place
                        + ", the engine dl4j-spark does not seed what is random in its steps: "
                        + part.getClass().getSimpleName()
                        + ". Set training.engine to rounds, or give a network without it.");
              });
    }
  }

  private static Optional<Object> random(Layer layer) {
    if (layer.getIDropout() != null) {
      return Optional.of(layer.getIDropout());
    }
    Optional<Object> activation =
        layer instanceof BaseLayer learning
            ? Optional.ofNullable(learning.getActivationFn())
            : layer instanceof ActivationLayer own
                ? Optional.ofNullable(own.getActivationFn())
                : Optional.empty();
    return activation.filter(ActivationRReLU.class::isInstance);
  }

  /**
   * Looks whether it takes rows of this width, and gives so many classes.
   *
   * @throws BadInputException if it does not, or its layers do not fit together
   */
  void requireFits(int width, int classes) {
    if (NetworkShape.width(configuration) != width) {
      throw unfit(
          "it reads " + NetworkShape.width(configuration) + " features and rows have " + width);
    }
    if (output(configuration).getNOut() != classes) {
      throw unfit(
          "it gives "
              + output(configuration).getNOut()
              + " classes and dataset.classes, of all heads together, is "
              + classes);
    }
    try {
      MultiLayerNetwork network = new MultiLayerNetwork(configuration.clone());
      network.init();
      try (INDArray rows = Nd4j.zeros(DataType.FLOAT, 2, width)) {
        network.output(rows, false);
        // What only training does must fit as well.
        network.output(rows, true);
      }
    } catch (DistillException e) {
      throw e;
    } catch (RuntimeException e) {
      throw refused(
          place,
          "its layers do not fit together: " + e.toString().lines().findFirst().orElse(""),
          e);
    }
  }

  /** Its layers without what only training needs, for those who ask it. */
  MultiLayerConfiguration published(long seed, IUpdater updater, ILossFunction loss) {
    MultiLayerConfiguration built =
        training(seed, updater, Activation.SOFTMAX.getActivationFunction(), loss);
    for (NeuralNetConfiguration conf : built.getConfs()) {
      Layer layer = conf.getLayer();
      layer.setConstraints(null);
      if (!(layer instanceof DropoutLayer)) {
        layer.setIDropout(null);
      }
      if (layer instanceof BaseLayer learning) {
        learning.setRegularization(List.of());
        learning.setRegularizationBias(List.of());
      }
    }
    return built;
  }

  /** Its layers, as they train. */
  MultiLayerConfiguration training(
      long seed, IUpdater updater, IActivation activation, ILossFunction loss) {
    MultiLayerConfiguration built = configuration.clone();
    built.setIterationCount(0);
    built.setEpochCount(0);
    built.setDataType(DataType.FLOAT);
    for (NeuralNetConfiguration layer : built.getConfs()) {
      layer.clearVariables();
      layer.setSeed(seed);
      layer.setMiniBatch(true);
      layer.setDataType(DataType.FLOAT);
      layer.setOptimizationAlgo(OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT);
      layer.setIterationCount(0);
      layer.setEpochCount(0);
      if (layer.getLayer() instanceof BaseLayer learning) {
        learning.setIUpdater(updater);
        learning.setBiasUpdater(null);
      }
      if (layer.getLayer() instanceof BatchNormalization statistics) {
        // Changes of means and variances stand among its gradients, and must stay what they are.
        statistics.setGradientNormalization(GradientNormalization.None);
      }
    }
    OutputLayer last = output(built);
    last.setActivationFn(activation);
    last.setLossFn(loss);
    return built;
  }

  private OutputLayer output(MultiLayerConfiguration of) {
    return NetworkShape.output(of.getConf(of.getConfs().size() - 1), place);
  }

  private BadInputException unfit(String why) {
    return new BadInputException(
        "Cannot use "
            + KEY
            + " "
            + place
            + ", "
            + why
            + ". Give the data that it is for, or another "
            + KEY
            + ".");
  }

  private BadInputException refused(String why) {
    return new BadInputException(text(place, why));
  }

  private static BadInputException refused(String place, String why, RuntimeException cause) {
    return new BadInputException(text(place, why), cause);
  }

  private static String text(String place, String why) {
    return "Cannot use "
        + KEY
        + " "
        + place
        + ", "
        + why
        + ". Give a MultiLayerConfiguration as JSON, or a zip of one and its parameters, of layers"
        + " that students have.";
  }
}
