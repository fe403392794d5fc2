package io.sparkdistill.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkdistill.config.ObjectiveConfig;
import io.sparkdistill.objective.AttentionMaps;
import io.sparkdistill.objective.Feature;
import io.sparkdistill.objective.FeatureTerm;
import io.sparkdistill.objective.Features;
import io.sparkdistill.objective.Hints;
import io.sparkdistill.objective.LayerShape;
import io.sparkdistill.objective.Objective;
import io.sparkdistill.objective.ObjectiveLoss;
import io.sparkdistill.objective.Relations;
import io.sparkdistill.student.NativeBackend;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

/** Hidden layers that are compared move the network and their regressors by the true gradient. */
class FeatureTapsTest {
  private static final int SIDE = 8;
  private static final int WIDTH = SIDE * SIDE;
  private static final int CLASSES = 3;
  private static final int ROWS = 6;
  private static final Step FIRST = new Step(0, 0, 0);

  @BeforeAll
  static void chooseLibrary() {
    NativeBackend.choose();
  }

  @Test
  void gradientsOfDenseLayersAreSlopes() {
    Features features =
        new Features(
            List.of(
                new Feature("a", 0, 0, 0.7, new Hints(LayerShape.flat(7), LayerShape.flat(5))),
                new Feature(
                    "b", 1, 1, 3, new AttentionMaps(LayerShape.flat(6), LayerShape.flat(6))),
                new Feature("c", 1, 0, 0.5, new Relations(6, 5, 1, 2)),
                new Feature("d", 1, 1, 0.2, new Hints(LayerShape.flat(6), LayerShape.flat(6)))));
    assertThat(features.parameters()).isEqualTo(8 * 5 + 7 * 6);
    assertSlope(
        network(new Sgd(1), dense(7, Activation.TANH), dense(6, Activation.GELU)), features);
  }

  @Test
  void gradientsOfConvolutionsAreSlopes() {
    LayerShape pooled = new LayerShape(3, 4, 4);
    LayerShape whole = new LayerShape(2, 4, 4);
    Features features =
        new Features(
            List.of(
                new Feature("a", 1, 0, 0.5, new Hints(pooled, new LayerShape(5, 4, 4))),
                new Feature("b", 1, 1, 3, new AttentionMaps(pooled, new LayerShape(2, 6, 3))),
                new Feature("c", 2, 1, 4, new AttentionMaps(whole, new LayerShape(2, 6, 3))),
                new Feature("d", 2, 2, 0.5, new Relations(whole.numbers(), 4, 1, 1)),
                new Feature("e", 2, 2, 0.5, new Hints(whole, LayerShape.flat(4)))));
    assertThat(features.parameters()).isEqualTo(4 * 5 + 33 * 4);
    assertSlope(
        network(
            new Sgd(1),
            convolution(3, Activation.IDENTITY),
            pool(),
            // One that no pooling takes along.
            convolution(2, Activation.LEAKYRELU),
            dense(6, Activation.TANH)),
        features);
  }

  @Test
  void stateComesBackAsItWasGivenAndTermsAddUpToTheLoss() {
    Features features =
        new Features(
            List.of(
                new Feature("hint1", 0, 0, 2, new Hints(LayerShape.flat(7), LayerShape.flat(5)))));
    MultiLayerConfiguration configuration =
        network(new Adam(0.01), dense(7, Activation.RELU), dense(6, Activation.RELU));
    TrainingNetwork network = TrainingNetwork.of(configuration, 0.1, features);
    float[] plain = TrainingNetwork.of(configuration).parameters();
    assertThat(network.parameters()).startsWith(plain).hasSize(plain.length + 40);
    assertThat(network.updaterState()).hasSize(2 * plain.length + 2 * 40);
    float[] first = network.parameters();
    float[] state = network.updaterState();

    double loss = step(network, features);
    float[] after = network.parameters();
    network.load(first, state);

    assertThat(network.parameters()).containsExactly(first);
    assertThat(step(network, features)).isEqualTo(loss);
    assertThat(network.parameters()).containsExactly(after).isNotEqualTo(first);
    assertThat(Arrays.copyOfRange(after, plain.length, after.length))
        .isNotEqualTo(Arrays.copyOfRange(first, plain.length, first.length));
    FeatureTerm term = network.terms().features().get(0);
    assertThat(term.name()).isEqualTo("hint1");
    assertThat(term.rows()).isEqualTo(2 * ROWS);
    assertThat(term.gradient()).isPositive();
    assertThat(network.terms().features().get(0).rows()).isZero();
    step(network, features);
    assertThat(network.terms().plus(network.terms()).features()).hasSize(1);
  }

  @Test
  void regressorLearnsWhatALayerSaysOfItsTensor() {
    Features features =
        new Features(
            List.of(
                new Feature("hint1", 0, 0, 1, new Hints(LayerShape.flat(9), LayerShape.flat(5)))));
    TrainingNetwork network =
        TrainingNetwork.of(network(new Adam(0.02), dense(9, Activation.TANH)), 0, features);
    step(network, features);
    double before = network.terms().features().get(0).loss();
    for (int i = 0; i < 200; i++) {
      step(network, features);
    }
    network.terms();
    step(network, features);
    assertThat(network.terms().features().get(0).loss()).isLessThan(before / 10);
  }

  /** Plain steps of learning rate 1 are the mean gradient. */
  private static void assertSlope(MultiLayerConfiguration configuration, Features features) {
    TrainingNetwork network = TrainingNetwork.of(configuration, 0, features);
    float[] start = network.parameters();
    step(network, features);
    float[] end = network.parameters();
    for (int direction = 0; direction < 8; direction++) {
      SplittableRandom random = new SplittableRandom(direction);
      // The first four move the student alone, the others the regressors alone.
      int from = direction < 4 ? 0 : start.length - features.parameters();
      int to = direction < 4 ? start.length - features.parameters() : start.length;
      double expected = 0;
      float[] above = start.clone();
      float[] below = start.clone();
      float distance = 1f / 2048;
      for (int i = from; i < to; i++) {
        int sign = random.nextBoolean() ? 1 : -1;
        expected += sign * ((double) start[i] - end[i]) * ROWS;
        above[i] += sign * distance;
        below[i] -= sign * distance;
      }
      network.load(above, new float[0]);
      double higher = step(network, features);
      network.load(below, new float[0]);
      double slope = (higher - step(network, features)) / (2 * distance);
      assertThat(expected)
          .as("direction %s", direction)
          .isCloseTo(slope, within(0.02 * (1 + Math.abs(slope))));
    }
  }

  private static double step(TrainingNetwork network, Features features) {
    float[] targets = new float[ROWS * 2 * CLASSES];
    SplittableRandom random = new SplittableRandom(1);
    for (int row = 0; row < ROWS; row++) {
      // One counts twice, and one has no label.
      targets[row * 2 * CLASSES + random.nextInt(CLASSES)] = row == 1 ? 2 : 1;
      for (int i = 0; i < CLASSES; i++) {
        targets[(row * 2 + 1) * CLASSES + i] = (float) (2 * random.nextDouble());
      }
    }
    Arrays.fill(targets, 4 * CLASSES, 5 * CLASSES, 0);
    targets[4 * CLASSES] = -0.5f;
    INDArray inputs = Nd4j.create(numbers(2, ROWS * WIDTH), new long[] {ROWS, WIDTH}, 'c');
    float[] compared = new float[ROWS * features.numbers()];
    for (int row = 0; row < ROWS; row++) {
      float[] of = features.targets(tensors(features, row));
      System.arraycopy(of, 0, compared, row * of.length, of.length);
    }
    return network.step(inputs, targets, compared, FIRST);
  }

  private static float[][] tensors(Features features, int row) {
    boolean images = features.all().size() == 5;
    int[] sizes = images ? new int[] {80, 36, 4} : new int[] {5, 6};
    float[][] tensors = new float[sizes.length][];
    for (int i = 0; i < sizes.length; i++) {
      tensors[i] = numbers(100 + 10 * row + i, sizes[i]);
    }
    return tensors;
  }

  private static float[] numbers(int seed, int length) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = (float) (2 * random.nextDouble() - 0.8);
    }
    return numbers;
  }

  private static DenseLayer dense(int units, Activation activation) {
    return new DenseLayer.Builder().nOut(units).activation(activation).build();
  }

  private static ConvolutionLayer convolution(int channels, Activation activation) {
    return new ConvolutionLayer.Builder(3, 3)
        .nOut(channels)
        .padding(1, 1)
        .activation(activation)
        .build();
  }

  private static SubsamplingLayer pool() {
    return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
        .kernelSize(2, 2)
        .stride(2, 2)
        .build();
  }

  private static MultiLayerConfiguration network(IUpdater updater, Layer... layers) {
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder()
            .seed(7)
            .updater(updater)
            .weightInit(WeightInit.XAVIER)
            .list();
    List.of(layers).forEach(list::layer);
    return list.layer(
            new OutputLayer.Builder(
                    new ObjectiveLoss(Objective.of(new ObjectiveConfig(3, 0.7), 1, 1)))
                .nOut(CLASSES)
                .activation(Activation.IDENTITY)
                .build())
        .setInputType(InputType.convolutionalFlat(SIDE, SIDE, 1))
        .build();
  }
}
