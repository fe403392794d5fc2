package io.sparkdistill.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkdistill.config.AdaptationConfig;
import io.sparkdistill.config.ScheduleConfig;
import io.sparkdistill.student.NativeBackend;
import java.util.List;
import java.util.Random;
import org.apache.commons.lang3.SerializationUtils;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** The objective as Deeplearning4j sees it: batches, JSON, whole networks. */
class ObjectiveLossTest {
  private static final int ROWS = 5;
  private static final int CLASSES = 4;
  private static final IActivation IDENTITY = new ActivationIdentity();

  static {
    NativeBackend.choose();
  }

  private final ObjectiveLoss loss = loss(0.7);
  private final INDArray labels = labels(DataType.FLOAT);
  private final INDArray logits = gaussian(new Random(2), CLASSES, DataType.FLOAT);

  @Test
  void scoreAndGradientAreThoseOfTheRows() {
    float[] gradient = new float[ROWS * CLASSES];
    Evaluator evaluator = loss.objective().evaluator();
    double sum =
        evaluator.evaluate(
            labels.data().asFloat(), logits.data().asFloat(), ROWS, CLASSES, 0, gradient);
    INDArray scores = loss.computeScoreArray(labels, logits, IDENTITY, null);
    assertThat(scores.shape()).containsExactly(ROWS, 1);
    for (int row = 0; row < ROWS; row++) {
      assertThat(scores.getDouble(row)).isEqualTo(evaluator.score(row));
    }
    assertThat(loss.computeScore(labels, logits, IDENTITY, null, true))
        .isCloseTo(sum / ROWS, within(1e-12));
    assertThat(loss.computeScore(labels, logits, IDENTITY, null, false))
        .isCloseTo(sum, within(1e-12));
    assertThat(loss.computeGradientAndScore(labels, logits, IDENTITY, null, true).getFirst())
        .isCloseTo(sum / ROWS, within(1e-12));
    assertThat(floats(loss.computeGradient(labels, logits, IDENTITY, null)))
        .containsExactly(gradient);
    assertThat(
            floats(loss.computeGradientAndScore(labels, logits, IDENTITY, null, true).getSecond()))
        .containsExactly(gradient);
  }

  @Test
  void orderInMemoryDoesNotMatter() {
    assertThat(floats(loss.computeGradient(labels.dup('f'), logits.dup('f'), IDENTITY, null)))
        .containsExactly(floats(loss.computeGradient(labels, logits, IDENTITY, null)));
  }

  @Test
  void refusesLabelsWithoutTeacher() {
    INDArray alone = Nd4j.zeros(DataType.FLOAT, ROWS, CLASSES);
    assertThatThrownBy(() -> loss.computeGradient(alone, logits, IDENTITY, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "An objective takes labels and teacher logits side by side: labels");
  }

  @Test
  void refusesAnotherNumberOfRows() {
    INDArray more = Nd4j.zeros(DataType.FLOAT, ROWS + 1, 2 * CLASSES);
    assertThatThrownBy(() -> loss.computeScore(more, logits, IDENTITY, null, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("side by side");
  }

  @Test
  void refusesMasksAndOtherActivations() {
    INDArray mask = Nd4j.ones(DataType.FLOAT, ROWS, 1);
    assertThatThrownBy(() -> loss.computeScore(labels, logits, IDENTITY, mask, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("An objective takes logits without a mask");
    assertThatThrownBy(() -> loss.computeScore(labels, logits, new ActivationSoftmax(), null, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("An objective takes logits without a mask: activation softmax");
  }

  @ParameterizedTest
  @EnumSource
  void survivesJsonInsideAConfiguration(LossCase soft) {
    ObjectiveLoss some =
        new ObjectiveLoss(
            new Objective(
                soft.loss(),
                new Schedule(ScheduleConfig.Shape.COSINE, 8, 2, 5, 40),
                new Schedule(ScheduleConfig.Shape.CONSTANT, 0.7, 0.7, 1, 40),
                new Adaptation(
                    AdaptationConfig.TemperatureBy.ENTROPY,
                    AdaptationConfig.SoftWeightBy.CONFIDENCE,
                    AdaptationConfig.WhenTeacherIsWrong.IGNORE),
                List.of(1.0, 0.5, 0.0, 7.25)));
    MultiLayerConfiguration configuration = configuration(some, DataType.FLOAT);
    MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(configuration.toJson());
    ObjectiveLoss found = (ObjectiveLoss) ((OutputLayer) read.getConf(1).getLayer()).getLossFn();
    assertThat(found.objective()).isEqualTo(some.objective());
    assertThat(read.toJson()).isEqualTo(configuration.toJson());
  }

  @Test
  void ghostSurvivesJsonInsideAConfiguration() {
    ObjectiveLoss some =
        new ObjectiveLoss(Rows.objective(new GhostTail(new Decoupled(1, 8)), 3, 0.7));
    MultiLayerConfiguration configuration = configuration(some, DataType.FLOAT);
    MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(configuration.toJson());
    ObjectiveLoss found = (ObjectiveLoss) ((OutputLayer) read.getConf(1).getLayer()).getLossFn();
    assertThat(found.objective()).isEqualTo(some.objective());
  }

  @Test
  void survivesJavaSerialization() {
    ObjectiveLoss copy = SerializationUtils.clone(loss);
    assertThat(copy.objective()).isEqualTo(loss.objective());
    assertThat(floats(copy.computeGradient(labels, logits, IDENTITY, null)))
        .containsExactly(floats(loss.computeGradient(labels, logits, IDENTITY, null)));
  }

  /** The loss itself takes floats, so differences must not be smaller than a thousandth. */
  @Test
  void gradientOfAWholeNetworkIsTheSlopeOfItsScore() {
    DataType data = Nd4j.dataType();
    DataType floating = Nd4j.defaultFloatingPointType();
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
    try {
      for (double softWeight : new double[] {0, 0.7, 1}) {
        MultiLayerNetwork network =
            new MultiLayerNetwork(configuration(loss(softWeight), DataType.DOUBLE));
        network.init();
        assertThat(
                GradientCheckUtil.checkGradients(
                    new GradientCheckUtil.MLNConfig()
                        .net(network)
                        .input(gaussian(new Random(3), 6, DataType.DOUBLE))
                        .labels(labels(DataType.DOUBLE))
                        .epsilon(1e-3)
                        .maxRelError(1e-3)
                        .minAbsoluteError(1e-4)
                        .print(GradientCheckUtil.PrintMode.FAILURES_ONLY)))
            .isTrue();
      }
    } finally {
      Nd4j.setDefaultDataTypes(data, floating);
    }
  }

  private static ObjectiveLoss loss(double softWeight) {
    return new ObjectiveLoss(Rows.objective(new Hinton(), 3, softWeight));
  }

  private static MultiLayerConfiguration configuration(ObjectiveLoss loss, DataType type) {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .dataType(type)
        .updater(new Sgd(1))
        .list()
        .layer(new DenseLayer.Builder().nIn(6).nOut(5).activation(Activation.TANH).build())
        .layer(
            new OutputLayer.Builder(loss)
                .nIn(5)
                .nOut(CLASSES)
                .activation(Activation.IDENTITY)
                .build())
        .build();
  }

  private static INDArray labels(DataType type) {
    INDArray labels = Nd4j.zeros(type, ROWS, 2 * CLASSES);
    Random random = new Random(1);
    for (int row = 0; row < ROWS; row++) {
      labels.putScalar(row, random.nextInt(CLASSES), 1);
      for (int i = 0; i < CLASSES; i++) {
        labels.putScalar(row, CLASSES + i, 4 * random.nextGaussian());
      }
    }
    return labels;
  }

  private static INDArray gaussian(Random random, int columns, DataType type) {
    INDArray array = Nd4j.zeros(type, ROWS, columns);
    for (int i = 0; i < array.length(); i++) {
      array.putScalar(i, random.nextGaussian());
    }
    return array;
  }

  private static float[] floats(INDArray array) {
    return array.dup('c').data().asFloat();
  }
}
