package io.sparkdistill.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkdistill.config.CheckpointConfig;
import io.sparkdistill.config.ObjectiveConfig;
import io.sparkdistill.config.PeriodConfig;
import io.sparkdistill.config.RegularisationConfig;
import io.sparkdistill.config.RoundsConfig;
import io.sparkdistill.config.StudentConfig;
import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.config.UpdaterConfig;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Which layers are regularised, and that only those of training are. */
class RestraintsTest {
  private static final double ALL = 1;

  @Test
  void inputsAndHiddenUnitsAreDroppedByTheLayersAboveThem() {
    assertThat(kept(dense(List.of(6, 5)))).containsExactly(0.8, 0.5, 0.5);
    assertThat(kept(dense(List.of()))).containsExactly(0.8);
  }

  @Test
  void channelsOfConvolutionsAreNotDropped() {
    StudentConfig student =
        new StudentConfig(
            List.of(6),
            StudentConfig.Activation.RELU,
            new StudentConfig.Cnn(List.of(2, 3), 3, 1, List.of()),
            new RegularisationConfig(0.2, 0.5));
    assertThat(kept(student)).containsExactly(0.8, ALL, ALL, 0.5);
  }

  @Test
  void asManyInputsAreDroppedAsTheProbabilitySays() {
    MultiLayerNetwork network = new MultiLayerNetwork(training(dense(List.of(6))));
    network.init();
    Nd4j.getRandom().setSeed(5);
    IDropout inputs = network.getLayer(0).conf().getLayer().getIDropout();
    INDArray shown = Nd4j.ones(100, 16);
    INDArray seen =
        inputs.applyDropout(shown, Nd4j.create(100, 16), 0, 0, LayerWorkspaceMgr.noWorkspaces());
    // Of 1600 inputs a fifth is dropped, with a standard deviation of 1 in 100.
    assertThat(seen.meanNumber().doubleValue()).isCloseTo(1, within(0.06));
    assertThat(seen.maxNumber().doubleValue()).isCloseTo(1.25, within(1e-6));
    assertThat(seen.minNumber().doubleValue()).isZero();
  }

  @Test
  void whatIsPublishedIsTheSameWithoutAndWith() {
    StudentConfig plain = new StudentConfig(List.of(6, 5), StudentConfig.Activation.RELU);
    assertThat(networks(dense(List.of(6, 5))).published(config()).toJson())
        .isEqualTo(networks(plain).published(config()).toJson());
  }

  @Test
  void hiddenUnitsAndFiltersAreLimitedAndOutputsAreNot() {
    StudentConfig student =
        new StudentConfig(
            List.of(6, 5),
            StudentConfig.Activation.RELU,
            new StudentConfig.Cnn(List.of(2), 3, 2, List.of()),
            new RegularisationConfig(0, 0, OptionalDouble.of(3.5), 1));
    MultiLayerConfiguration training = training(student);
    assertThat(NormLimits.of(training).count()).isEqualTo(3);
    assertThat(training.getConf(training.getConfs().size() - 1).getLayer().getConstraints())
        .isNull();
    assertThat(networks(student).published(config()).toJson()).doesNotContain("maxNorm");
  }

  @ParameterizedTest
  @EnumSource(
      value = StudentConfig.Activation.class,
      names = {"RELU", "TANH"})
  void firstWeightsOfHiddenLayersAreAsManyTimesSmallerAsTheGainSays(
      StudentConfig.Activation activation) {
    float[][] usual = weights(wide(activation, 1));
    float[][] small = weights(wide(activation, 0.2));
    for (int layer = 0; layer < 3; layer++) {
      double ratio = deviation(small[layer]) / deviation(usual[layer]);
      assertThat(ratio).as("layer %s", layer).isCloseTo(layer < 2 ? 0.2 : 1, within(0.02));
    }
  }

  private static StudentConfig wide(StudentConfig.Activation activation, double gain) {
    return new StudentConfig(
        List.of(300, 200),
        activation,
        new StudentConfig.Cnn(List.of(), 3, 2, List.of()),
        new RegularisationConfig(0, 0, OptionalDouble.empty(), gain));
  }

  private static float[][] weights(StudentConfig student) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new StudentNetworks(student, 400, 100)
                .training(new ObjectiveConfig(3, 0.7), config(), 10));
    network.init();
    return Stream.of(0, 1, 2)
        .map(layer -> network.getLayer(layer).getParam("W").ravel().toFloatVector())
        .toArray(float[][]::new);
  }

  private static double deviation(float[] weights) {
    double squares = 0;
    for (float weight : weights) {
      squares += (double) weight * weight;
    }
    return Math.sqrt(squares / weights.length);
  }

  private static StudentConfig dense(List<Integer> hidden) {
    return new StudentConfig(
        hidden,
        StudentConfig.Activation.RELU,
        new StudentConfig.Cnn(List.of(), 3, 2, List.of()),
        new RegularisationConfig(0.2, 0.5));
  }

  /** Of each layer the share of inputs that a step keeps, from below. */
  private static List<Double> kept(StudentConfig student) {
    return training(student).getConfs().stream()
        .map(conf -> conf.getLayer().getIDropout())
        .map(dropout -> dropout == null ? ALL : ((Dropout) dropout).getP())
        .toList();
  }

  private static MultiLayerConfiguration training(StudentConfig student) {
    return networks(student).training(new ObjectiveConfig(3, 0.7), config(), 10);
  }

  private static StudentNetworks networks(StudentConfig student) {
    return new StudentNetworks(student, 16, 3);
  }

  private static TrainingConfig config() {
    return new TrainingConfig(
        TrainingConfig.Engine.ROUNDS,
        1,
        4,
        new PeriodConfig.Fixed(1),
        OptionalInt.empty(),
        1,
        TrainingConfig.Schedule.CONSTANT,
        new UpdaterConfig.Sgd(0.1),
        RoundsConfig.classic(),
        CheckpointConfig.none());
  }
}
