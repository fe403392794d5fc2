package io.sparkdistill.student;

import io.sparkdistill.config.ImageSize;
import io.sparkdistill.config.ObjectiveConfig;
import io.sparkdistill.config.RegularisationConfig;
import io.sparkdistill.config.StudentConfig;
import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.config.UpdaterConfig;
import io.sparkdistill.objective.GoalPlan;
import io.sparkdistill.objective.LayerShape;
import io.sparkdistill.objective.ObjectiveLoss;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * Students as Deeplearning4j configurations. The one that trains ends in logits and our loss, the
 * one that is published in softmax and cross-entropy, with the same parameters in the same order.
 *
 * @param student layers
 * @param model the user's own network, in their place
 * @param width numbers in a row's features
 * @param classes C
 * @param first parameters that training begins with, in Deeplearning4j's order; empty for those of
 *     the seed
 */
public record StudentNetworks(
    StudentConfig student,
    Optional<StudentModel> model,
    int width,
    int classes,
    Optional<float[]> first) {
  /**
   * Chooses the native library, because building a configuration already loads it.
   *
   * @throws io.sparkdistill.failure.BadInputException if the user's own network takes other rows,
   *     or gives other classes
   */
  public StudentNetworks {
    NativeBackend.choose();
    model.ifPresent(own -> own.requireFits(width, classes));
  }

  /**
   * Networks of configured layers.
   *
   * @param student layers
   * @param width numbers in a row's features
   * @param classes C
   */
  public StudentNetworks(StudentConfig student, int width, int classes) {
    this(student, width, classes, Optional.empty());
  }

  /**
   * Networks of configured layers whose training begins with given parameters.
   *
   * @param student layers
   * @param width numbers in a row's features
   * @param classes C
   * @param first all of them, in Deeplearning4j's order; empty for those of the seed
   */
  public StudentNetworks(StudentConfig student, int width, int classes, Optional<float[]> first) {
    this(student, Optional.empty(), width, classes, first);
  }

  /**
   * Networks of the user's own layers, or else of configured ones.
   *
   * @param student layers
   * @param model the user's own network, in their place
   * @param width numbers in a row's features
   * @param classes C
   */
  public StudentNetworks(
      StudentConfig student, Optional<StudentModel> model, int width, int classes) {
    this(student, model, width, classes, Optional.empty());
  }

  /**
   * What training begins with.
   *
   * @return all parameters, in Deeplearning4j's order, not to be changed; empty where the seed
   *     decides
   */
  public Optional<float[]> initial() {
    return first.or(() -> model.flatMap(StudentModel::parameters));
  }

  /**
   * The network that trains.
   *
   * @param objective what it minimises
   * @param training updater, schedule, seed
   * @param steps local steps of a whole training, for the schedule
   * @return its configuration; labels are one-hot and teacher logits side by side
   */
  public MultiLayerConfiguration training(
      ObjectiveConfig objective, TrainingConfig training, int steps) {
    return training(GoalPlan.of(objective), training, steps);
  }

  /**
   * The network that trains, perhaps with several heads.
   *
   * @param goal what it minimises
   * @param training updater, schedule, seed
   * @param steps local steps of a whole training, for the schedule
   * @return its configuration; labels are one-hot and teacher logits side by side
   */
  public MultiLayerConfiguration training(GoalPlan goal, TrainingConfig training, int steps) {
    double rate = training.updater().learningRate();
    ISchedule schedule =
        switch (training.schedule()) {
          case CONSTANT -> new FixedSchedule(rate);
          case COSINE -> new CosineSchedule(rate, steps);
        };
    ILossFunction loss = new ObjectiveLoss(goal.of(training.epochs(), steps));
    IUpdater updater = updater(training.updater(), schedule);
    return model
        .map(
            own ->
                own.training(
                    training.seed(), updater, Activation.IDENTITY.getActivationFunction(), loss))
        .orElseGet(
            () ->
                layered(
                    training.seed(),
                    updater,
                    Activation.IDENTITY,
                    loss,
                    new Restraints(student.regularisation(), weightInit())));
  }

  /**
   * How wide a network is that trains.
   *
   * @param network as {@link #training} gives it
   * @return numbers that the widest of its layers makes of a row
   */
  public long widest(MultiLayerConfiguration network) {
    return NetworkShape.widest(network, width);
  }

  /**
   * The network that is published: layers that every Deeplearning4j has, without what only training
   * needs, so that readers need not know of that.
   *
   * @param training updater and seed
   * @return its configuration; the output is the probabilities of the classes
   */
  public MultiLayerConfiguration published(TrainingConfig training) {
    ISchedule schedule = new FixedSchedule(training.updater().learningRate());
    IUpdater updater = updater(training.updater(), schedule);
    ILossFunction loss = new LossMCXENT();
    return model
        .map(own -> own.published(training.seed(), updater, loss))
        .orElseGet(
            () ->
                layered(
                    training.seed(),
                    updater,
                    Activation.SOFTMAX,
                    loss,
                    new Restraints(RegularisationConfig.none(), weightInit())));
  }

  /**
   * A hidden layer, with its activation and pooling.
   *
   * @param number of what gives its output, among the network's layers, from 0
   * @param shape of its output
   */
  public record HiddenLayer(int number, LayerShape shape) {}

  /**
   * The hidden layers of configured ones, as {@link StudentConfig#hiddenLayers} names them.
   *
   * @return from below
   */
  public List<HiddenLayer> hiddenLayers() {
    List<HiddenLayer> hidden = new ArrayList<>();
    StudentConfig.Cnn cnn = student.cnn();
    int number = -1;
    if (!cnn.channels().isEmpty()) {
      ImageSize image = StudentImage.of(cnn, width);
      int height = image.height();
      int columns = image.width();
      for (int channels : cnn.channels()) {
        number += cnn.pool() > 1 ? 2 : 1;
        height /= cnn.pool();
        columns /= cnn.pool();
        hidden.add(new HiddenLayer(number, new LayerShape(channels, height, columns)));
      }
    }
    for (int units : student.hidden()) {
      number++;
      hidden.add(new HiddenLayer(number, LayerShape.flat(units)));
    }
    return hidden;
  }

  private MultiLayerConfiguration layered(
      long seed, IUpdater updater, Activation output, ILossFunction loss, Restraints restraints) {
    Activation activation = Activation.valueOf(student.activation().name());
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .updater(updater)
            .weightInit(weightInit())
            .activation(activation)
            .list();
    addConvolutions(layers, restraints);
    for (int units : student.hidden()) {
      layers.layer(restraints.on(new DenseLayer.Builder().nOut(units)).build());
    }
    return layers
        .layer(
            restraints
                .on(
                    new OutputLayer.Builder(loss)
                        .nOut(classes)
                        .activation(output)
                        .weightInit(WeightInit.XAVIER))
                .build())
        .setInputType(inputType())
        .build();
  }

  private void addConvolutions(NeuralNetConfiguration.ListBuilder layers, Restraints restraints) {
    StudentConfig.Cnn cnn = student.cnn();
    int border = cnn.kernel() / 2;
    for (int channels : cnn.channels()) {
      layers.layer(
          restraints
              .on(
                  new ConvolutionLayer.Builder(cnn.kernel(), cnn.kernel())
                      .padding(border, border)
                      .nOut(channels))
              .build());
      if (cnn.pool() > 1) {
        layers.layer(
            new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                .kernelSize(cnn.pool(), cnn.pool())
                .stride(cnn.pool(), cnn.pool())
                .build());
      }
    }
  }

  private InputType inputType() {
    if (student.cnn().channels().isEmpty()) {
      return InputType.feedForward(width);
    }
    ImageSize image = StudentImage.of(student.cnn(), width);
    return InputType.convolutionalFlat(image.height(), image.width(), image.channels());
  }

  private WeightInit weightInit() {
    return switch (student.activation()) {
      case RELU, LEAKYRELU, ELU, GELU, SWISH -> WeightInit.RELU;
      case TANH, SIGMOID -> WeightInit.XAVIER;
    };
  }

  private static IUpdater updater(UpdaterConfig config, ISchedule schedule) {
    if (config instanceof UpdaterConfig.Adam adam) {
      return Adam.builder()
          .learningRateSchedule(schedule)
          .beta1(adam.beta1())
          .beta2(adam.beta2())
          .epsilon(adam.epsilon())
          .build();
    }
    if (config instanceof UpdaterConfig.Nesterovs nesterovs) {
      return Nesterovs.builder()
          .learningRateSchedule(schedule)
          .momentum(nesterovs.momentum())
          .build();
    }
    return Sgd.builder().learningRateSchedule(schedule).build();
  }
}
