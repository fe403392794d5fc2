package io.sparkdistill.student;

import static io.sparkdistill.student.OwnNetworks.CLASSES;
import static io.sparkdistill.student.OwnNetworks.WIDTH;
import static io.sparkdistill.student.OwnNetworks.bytes;
import static io.sparkdistill.student.OwnNetworks.json;
import static io.sparkdistill.student.OwnNetworks.networks;
import static io.sparkdistill.student.OwnNetworks.refused;
import static io.sparkdistill.student.OwnNetworks.training;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.ObjectiveConfig;
import io.sparkdistill.failure.BadInputException;
import java.util.List;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint;
import org.deeplearning4j.nn.conf.distribution.OrthogonalDistribution;
import org.deeplearning4j.nn.conf.distribution.TruncatedNormalDistribution;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.GaussianDropout;
import org.deeplearning4j.nn.conf.dropout.SpatialDropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;

/** What brought networks have for training alone, and batch normalisation, whose sums are kept. */
class RegularisedModelTest {
  static {
    NativeBackend.choose();
  }

  @Test
  void whatOnlyTrainingNeedsTrainsAndIsNotPublished() {
    StudentNetworks own = networks(json(normalised()));

    String training = own.training(new ObjectiveConfig(3, 0.7), training(7), 10).toJson();
    assertThat(training)
        .contains("BatchNormalization", "ActivationLayer", "GlobalPoolingLayer", "DropoutLayer")
        .contains("dropout.GaussianDropout", "L2Regularization", "WeightDecay", "L1Regularization")
        .contains("MaxNormConstraint", "TruncatedNormalDistribution");
    MultiLayerConfiguration published = own.published(training(7));
    assertThat(published.toJson())
        .contains("BatchNormalization", "ActivationLayer", "GlobalPoolingLayer", "DropoutLayer")
        .doesNotContain("GaussianDropout", "Regularization\"", "WeightDecay", "MaxNormConstraint");
    // Training has changed nothing in the file's own.
    assertThat(own.training(new ObjectiveConfig(3, 0.7), training(7), 10).toJson())
        .isEqualTo(training);
  }

  @Test
  void statisticsOfBatchNormalisationComeBackWithTheZip() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(networks(json(normalised())).published(training(7)));
    network.init();
    float[] parameters = network.params().dup('c').data().asFloat();
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = 0.01f * (i + 1);
    }
    byte[] zip = StudentZip.write(network.getLayerWiseConfigurations(), parameters);

    assertThat(networks(StudentModel.of(zip, "own.zip")).initial().orElseThrow())
        .containsExactly(parameters);
    assertThat(StudentZip.read(zip, "own.zip").params().dup('c').data().asFloat())
        .containsExactly(parameters);
  }

  private static MultiLayerConfiguration normalised() {
    return new NeuralNetConfiguration.Builder()
        .l2(0.001)
        .list()
        .layer(
            new ConvolutionLayer.Builder(3, 3)
                .nOut(2)
                .activation(Activation.IDENTITY)
                .hasBias(false)
                .weightInit(new TruncatedNormalDistribution(0, 0.2))
                .build())
        .layer(new BatchNormalization.Builder().decay(0.8).build())
        .layer(new ActivationLayer(Activation.RELU))
        .layer(new GlobalPoolingLayer(PoolingType.AVG))
        .layer(
            new DenseLayer.Builder()
                .nOut(5)
                .activation(Activation.RELU)
                .dropOut(new GaussianDropout(0.2))
                .weightDecay(0.01)
                .l1Bias(0.1)
                .constrainWeights(new MaxNormConstraint(2, 0))
                .build())
        .layer(new DropoutLayer(0.5))
        .layer(
            new OutputLayer.Builder(new LossMSE())
                .nOut(CLASSES)
                .activation(Activation.SOFTMAX)
                .build())
        .setInputType(InputType.convolutionalFlat(4, 4, 1))
        .build();
  }

  @Test
  void layersThatFitAnyWidthMayComeFirst() {
    for (Layer first : List.of(new DropoutLayer(0.8), new ActivationLayer(Activation.TANH))) {
      MultiLayerConfiguration rows =
          new NeuralNetConfiguration.Builder()
              .list()
              .layer(first.clone())
              .layer(output())
              .setInputType(InputType.feedForward(WIDTH))
              .build();
      assertThat(networks(json(rows)).initial()).isEmpty();
    }
  }

  @Test
  void whatStepsCannotKeepIsRefused() {
    refusedLayer(
        new DenseLayer.Builder().nOut(4).constrainWeights(new NonNegativeConstraint()).build(),
        "class org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint");
    refusedLayer(
        new DenseLayer.Builder().nOut(4).constrainWeights(new MaxNormConstraint(2, 1)).build(),
        "not all of its constraints are limits of the weights of units or filters: 1.");
    refusedLayer(
        new DenseLayer.Builder().nOut(4).weightInit(new OrthogonalDistribution(1)).build(),
        "class org.deeplearning4j.nn.conf.distribution.OrthogonalDistribution");
    refusedLayer(
        new DenseLayer.Builder()
            .nOut(4)
            .dropOut(new Dropout(new StepSchedule(ScheduleType.EPOCH, 0.5, 0.5, 1)))
            .build(),
        "a schedule of dropout or regularisation, org.nd4j.linalg.schedule.StepSchedule");
  }

  @Test
  void whatOnlyTrainingDoesMustFitAsWell() {
    StudentModel model =
        json(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(new DenseLayer.Builder().nOut(4).build())
                .layer(new DenseLayer.Builder().nOut(4).dropOut(new SpatialDropout(0.5)).build())
                .layer(output())
                .setInputType(InputType.feedForward(WIDTH))
                .build());
    assertThatThrownBy(() -> networks(model))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith(
            "Cannot use student.model own.json, its layers do not fit together: ");
  }

  @Test
  void statisticsOfBatchNormalisationAreNotNormalisedAsGradients() {
    MultiLayerConfiguration given = normalised();
    given
        .getConfs()
        .forEach(
            layer -> {
              if (layer.getLayer() instanceof BaseLayer learning) {
                learning.setGradientNormalization(GradientNormalization.RenormalizeL2PerLayer);
              }
            });
    MultiLayerConfiguration training =
        networks(json(given)).training(new ObjectiveConfig(3, 0.7), training(7), 10);
    assertThat(((BaseLayer) training.getConf(0).getLayer()).getGradientNormalization())
        .isEqualTo(GradientNormalization.RenormalizeL2PerLayer);
    assertThat(((BaseLayer) training.getConf(1).getLayer()).getGradientNormalization())
        .isEqualTo(GradientNormalization.None);
  }

  private static void refusedLayer(DenseLayer layer, String found) {
    refused(
        bytes(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(layer)
                .layer(output())
                .setInputType(InputType.feedForward(WIDTH))
                .build()
                .toJson()),
        found);
  }

  private static OutputLayer output() {
    return new OutputLayer.Builder(new LossMSE())
        .nOut(CLASSES)
        .activation(Activation.SOFTMAX)
        .build();
  }
}
