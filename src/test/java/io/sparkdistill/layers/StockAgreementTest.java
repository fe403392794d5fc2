package io.sparkdistill.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sparkdistill.config.AdaptationConfig;
import io.sparkdistill.config.LossConfig;
import io.sparkdistill.config.ObjectiveConfig;
import io.sparkdistill.config.ScheduleConfig;
import io.sparkdistill.objective.Objective;
import io.sparkdistill.objective.ObjectiveLoss;
import io.sparkdistill.student.NativeBackend;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.GaussianNoise;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;

/** Forward pass, gradient and steps are those of the same network on stock layers alone. */
class StockAgreementTest {
  private static final int SIDE = 12;
  private static final int WIDTH = SIDE * SIDE;
  private static final int CLASSES = 5;
  private static final int ROWS = 24;
  private static final int STEPS = 20;
  private static final long SEED = 7;
  private static final double TOLERANCE = 1e-4;

  @BeforeAll
  static void chooseLibrary() {
    NativeBackend.choose();
  }

  static Stream<IUpdater> updaters() {
    // There is no fast rule for the last one.
    return Stream.of(new Sgd(0.05), new Nesterovs(0.05, 0.9), new Adam(0.001), new RmsProp(0.001));
  }

  @ParameterizedTest
  @MethodSource("updaters")
  void denseNetworkTakesTheSameSteps(IUpdater updater) {
    MultiLayerConfiguration configuration =
        network(updater, dense(17, Activation.RELU), dense(9, Activation.LEAKYRELU));
    TrainingNetwork fast = assertSameSteps(configuration, WIDTH);
    assertThat(fast.layerNames()).containsExactly("DenseTraining", "DenseTraining");
  }

  @Test
  void convolutionalNetworkTakesTheSameSteps() {
    MultiLayerConfiguration configuration =
        network(
            new Nesterovs(0.02, 0.9),
            convolution(6, Activation.RELU),
            pool(2),
            convolution(8, Activation.RELU),
            pool(3),
            dense(16, Activation.RELU));
    TrainingNetwork fast = assertSameSteps(configuration, WIDTH);
    assumeTrue(NativeBackend.hasOneDnn(), "this build of ND4J has no oneDNN");
    assertThat(fast.layerNames())
        .containsExactly(
            "PreProcessorTraining",
            "BottomConvolutionTraining",
            "MaxPoolTraining",
            "InnerConvolutionTraining",
            "MaxPoolTraining",
            "PreProcessorTraining",
            "DenseTraining");
  }

  @Test
  void convolutionsOfOtherStridesAndWithoutPoolingTakeTheSameSteps() {
    ConvolutionLayer strided =
        new ConvolutionLayer.Builder(4, 4)
            .nOut(5)
            .stride(2, 2)
            .padding(1, 1)
            .activation(Activation.LEAKYRELU)
            .build();
    ConvolutionLayer dilated =
        new ConvolutionLayer.Builder(2, 3)
            .nOut(4)
            .dilation(2, 1)
            .activation(Activation.RELU)
            .build();
    assertSameSteps(network(new Sgd(0.02), strided, dilated), WIDTH);
  }

  @Test
  void batchNormalisationTakesTheSameStepsAndKeepsTheSameStatistics() {
    assertSameSteps(
        network(
            // Not Adam: biases below have no gradient but rounding, which it would make large.
            new Nesterovs(0.02, 0.9),
            convolution(6, Activation.IDENTITY),
            new BatchNormalization.Builder().build(),
            pool(2),
            dense(16, Activation.IDENTITY),
            new BatchNormalization.Builder().build(),
            dense(8, Activation.RELU)),
        WIDTH);
  }

  /** Noise moves units across 0, from where the rectifier below takes its derivative. */
  @Test
  void noiseInTheInputOfAStockLayerLeavesTheLayerBelowAsItIs() {
    assertSameSteps(
        network(
            new Sgd(0.05),
            dense(20, Activation.RELU),
            new DropoutLayer(new GaussianNoise(0.5)),
            dense(12, Activation.RELU),
            new DenseLayer.Builder()
                .nOut(9)
                .activation(Activation.GELU)
                .dropOut(new GaussianNoise(0.5))
                .build()),
        WIDTH);
  }

  @Test
  void dropoutOfAPoolDropsNothing() {
    SubsamplingLayer pool = pool(2);
    pool.setIDropout(new Dropout(0.5));
    assertSameSteps(network(new Sgd(0.05), convolution(6, Activation.RELU), pool), WIDTH);
  }

  @ParameterizedTest
  @EnumSource(names = {"AVG", "MAX"})
  void globalPoolingTakesTheSameSteps(PoolingType pooling) {
    assertSameSteps(
        network(
            new Nesterovs(0.02, 0.9),
            convolution(6, Activation.IDENTITY),
            new BatchNormalization.Builder().build(),
            new ActivationLayer(Activation.RELU),
            pool(2),
            convolution(8, Activation.RELU),
            new GlobalPoolingLayer(pooling),
            dense(7, Activation.RELU)),
        WIDTH);
  }

  @Test
  void convolutionsOfEachChannelTakeTheSameSteps() {
    assertSameSteps(
        network(
            new Nesterovs(0.02, 0.9),
            convolution(4, Activation.RELU),
            new DepthwiseConvolution2D.Builder(2, 2)
                .depthMultiplier(2)
                .activation(Activation.RELU)
                .build(),
            new SeparableConvolution2D.Builder(2, 2)
                .depthMultiplier(2)
                .nOut(6)
                .activation(Activation.RELU)
                .build(),
            dense(7, Activation.RELU)),
        WIDTH);
  }

  @Test
  void dropoutDropsTheSameNumbers() {
    DenseLayer first =
        new DenseLayer.Builder().nOut(20).activation(Activation.RELU).dropOut(0.8).build();
    DenseLayer second =
        new DenseLayer.Builder().nOut(12).activation(Activation.RELU).dropOut(0.5).build();
    assertSameSteps(network(new Sgd(0.05), first, second), WIDTH);
  }

  @Test
  void maximumNormRegularisationAndForeignActivationsAreKept() {
    DenseLayer limited =
        new DenseLayer.Builder()
            .nOut(14)
            .activation(Activation.RELU)
            .constrainWeights(new MaxNormConstraint(0.7, 0))
            .build();
    DenseLayer decayed =
        new DenseLayer.Builder().nOut(10).activation(Activation.GELU).l2(0.01).build();
    assertSameSteps(network(new Sgd(0.1), limited, decayed), WIDTH);
  }

  @Test
  void limitedUnitsAndFiltersTakeTheSameSteps() {
    ConvolutionLayer filters =
        new ConvolutionLayer.Builder(3, 3)
            .nOut(6)
            .padding(1, 1)
            .activation(Activation.RELU)
            .constrainWeights(new MaxNormConstraint(0.8, 1, 2, 3))
            .build();
    DenseLayer units =
        new DenseLayer.Builder()
            .nOut(16)
            .activation(Activation.RELU)
            .constrainWeights(new MaxNormConstraint(0.9, 0))
            .build();
    assertSameSteps(network(new Nesterovs(0.02, 0.9), filters, pool(2), units), WIDTH);
  }

  @Test
  void lossOfABatchAsAWholeTakesTheSameSteps() {
    MultiLayerConfiguration configuration =
        network(new Sgd(0.05), dense(17, Activation.RELU), dense(9, Activation.RELU));
    ObjectiveConfig dist =
        new ObjectiveConfig(
            new LossConfig.Dist(2, 2),
            false,
            ScheduleConfig.constant(3),
            ScheduleConfig.constant(0.5),
            AdaptationConfig.none(),
            ObjectiveConfig.Tail.CLASSES);
    ((OutputLayer) configuration.getConf(2).getLayer())
        .setLossFn(new ObjectiveLoss(Objective.of(dist, 1, STEPS)));
    assertSameSteps(configuration, WIDTH);
  }

  @Test
  void outputsWithoutBiasesTakeTheSameSteps() {
    MultiLayerConfiguration configuration =
        network(new Sgd(0.05), dense(17, Activation.RELU), dense(9, Activation.RELU));
    ((OutputLayer) configuration.getConf(2).getLayer()).setHasBias(false);
    assertSameSteps(configuration, WIDTH);
  }

  @Test
  void outputsWithoutBiasesFollowSchedules() {
    ScheduleConfig falling =
        new ScheduleConfig(ScheduleConfig.Shape.LINEAR, 1, 0, ScheduleConfig.By.STEP);
    double first = lossWithoutBiases(ScheduleConfig.constant(1), 0);
    double last = lossWithoutBiases(ScheduleConfig.constant(0), 0);
    assertThat(first).isNotEqualTo(last);
    assertThat(lossWithoutBiases(falling, 0)).isEqualTo(first);
    assertThat(lossWithoutBiases(falling, STEPS - 1)).isEqualTo(last);
  }

  private static double lossWithoutBiases(ScheduleConfig softWeight, int iteration) {
    ObjectiveConfig objective =
        new ObjectiveConfig(
            new LossConfig.Plain(LossConfig.Kind.HINTON),
            false,
            ScheduleConfig.constant(3),
            softWeight,
            AdaptationConfig.none(),
            ObjectiveConfig.Tail.CLASSES);
    MultiLayerConfiguration configuration =
        network(new Sgd(0.05), dense(17, Activation.RELU), dense(9, Activation.RELU));
    OutputLayer output = (OutputLayer) configuration.getConf(2).getLayer();
    output.setHasBias(false);
    output.setLossFn(new ObjectiveLoss(Objective.of(objective, 1, STEPS)));
    return TrainingNetwork.of(configuration)
        .step(
            Nd4j.create(features(0, ROWS * WIDTH), new long[] {ROWS, WIDTH}, 'c'),
            targets(0, ROWS),
            new Step(iteration, 0, 0));
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

  private static SubsamplingLayer pool(int kernel) {
    return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
        .kernelSize(kernel, kernel)
        .stride(kernel, kernel)
        .build();
  }

  private static MultiLayerConfiguration network(IUpdater updater, Layer... layers) {
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder()
            .seed(SEED)
            .updater(updater)
            .weightInit(WeightInit.RELU)
            .list();
    List.of(layers).forEach(list::layer);
    return list.layer(
            new OutputLayer.Builder(
                    new ObjectiveLoss(Objective.of(new ObjectiveConfig(3, 0.7), 1, STEPS)))
                .nOut(CLASSES)
                .activation(Activation.IDENTITY)
                .build())
        .setInputType(InputType.convolutionalFlat(SIDE, SIDE, 1))
        .build();
  }

  private static TrainingNetwork assertSameSteps(MultiLayerConfiguration configuration, int width) {
    MultiLayerNetwork stock = new MultiLayerNetwork(configuration.clone());
    stock.init();
    TrainingNetwork fast = TrainingNetwork.of(configuration);
    assertSame(fast.parameters(), stock.params(), "first weights");
    for (int step = 0; step < STEPS; step++) {
      // The last batch of an epoch is smaller.
      int rows = step % 5 == 4 ? ROWS / 2 + 1 : ROWS;
      float[] features = features(step, rows * width);
      float[] targets = targets(step, rows);
      INDArray labels = Nd4j.create(targets, new long[] {rows, 2L * CLASSES}, 'c');
      Step now = new Step(step, step, step);
      Nd4j.getRandom().setSeed(now.seed(SEED));
      stock.fit(Nd4j.create(features, new long[] {rows, width}, 'c'), labels);
      double loss = fast.step(Nd4j.create(features, new long[] {rows, width}, 'c'), targets, now);
      double stockLoss = stock.score() - stock.calcRegularizationScore(true);
      assertThat(loss / rows).as("loss of step %s", step).isCloseTo(stockLoss, within(1e-3));
      if (step == 0) {
        assertSame(fast.parameters(), stock.params(), "parameters after the first step");
      }
    }
    assertSame(fast.parameters(), stock.params(), "parameters after " + STEPS + " steps");
    if (stock.getUpdater().getStateViewArray() != null) {
      assertSame(
          fast.updaterState(), stock.getUpdater().getStateViewArray(), "the updater's state");
    }
    return fast;
  }

  private static void assertSame(float[] ours, INDArray stock, String what) {
    float[] theirs = stock.dup('c').data().asFloat();
    assertThat(ours).as(what).hasSameSizeAs(theirs);
    double worst = 0;
    for (int i = 0; i < ours.length; i++) {
      worst = Math.max(worst, Math.abs(ours[i] - theirs[i]));
    }
    assertThat(worst).as(what).isLessThan(TOLERANCE);
  }

  private static float[] features(int step, int length) {
    SplittableRandom random = new SplittableRandom(step);
    float[] features = new float[length];
    for (int i = 0; i < length; i++) {
      features[i] = (float) (random.nextDouble() - 0.3);
    }
    return features;
  }

  private static float[] targets(int step, int rows) {
    SplittableRandom random = new SplittableRandom(1000 + step);
    float[] targets = new float[rows * 2 * CLASSES];
    for (int row = 0; row < rows; row++) {
      targets[row * 2 * CLASSES + random.nextInt(CLASSES)] = 1;
      for (int i = 0; i < CLASSES; i++) {
        targets[(row * 2 + 1) * CLASSES + i] = (float) (4 * random.nextDouble());
      }
    }
    return targets;
  }
}
