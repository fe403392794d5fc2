package io.sparkdistill.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.config.CompressConfig;
import io.sparkdistill.evaluation.JudgedModel;
import io.sparkdistill.evaluation.OnnxCandidate;
import io.sparkdistill.evaluation.RowByRow;
import io.sparkdistill.teacher.OnnxFile;
import io.sparkdistill.teacher.OnnxScorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Students in int8 answer nearly as they did, in a quarter of the bytes. */
class Int8Test {
  private static final int ROWS = 64;

  @ParameterizedTest
  @EnumSource(
      value = CompressConfig.Quantise.class,
      names = {"INT8", "INT8_DYNAMIC"})
  void denseStudentsAnswerNearlyTheSame(CompressConfig.Quantise kind) {
    OnnxFile small =
        assertNear(
            kind,
            InputType.feedForward(100),
            100,
            new DenseLayer.Builder().nOut(300).activation(Activation.RELU).build(),
            new DenseLayer.Builder().nOut(200).activation(Activation.GELU).build(),
            new DenseLayer.Builder().nOut(50).hasBias(false).activation(Activation.RELU).build());

    assertThat(small.bytes().length).isLessThan((int) (0.3 * 4 * (30_300 + 60_200 + 10_000 + 153)));
  }

  @ParameterizedTest
  @EnumSource(
      value = CompressConfig.Quantise.class,
      names = {"INT8", "INT8_DYNAMIC"})
  void convolutionsAnswerNearlyTheSame(CompressConfig.Quantise kind) {
    assertNear(
        kind,
        InputType.convolutionalFlat(10, 8, 2),
        160,
        new ConvolutionLayer.Builder(3, 3)
            .padding(1, 1)
            .nOut(8)
            .activation(Activation.RELU)
            .build(),
        new SubsamplingLayer.Builder(PoolingType.MAX, new int[] {2, 2}).stride(2, 2).build(),
        new ConvolutionLayer.Builder(3, 3).nOut(6).activation(Activation.TANH).build(),
        new BatchNormalization.Builder().build(),
        new ConvolutionLayer.Builder(1, 1).nOut(6).activation(Activation.RELU).build(),
        new SubsamplingLayer.Builder(PoolingType.AVG, new int[] {2, 1}).stride(2, 1).build());
  }

  /** The output of one product is then the input of the next, by the same name. */
  @ParameterizedTest
  @EnumSource(
      value = CompressConfig.Quantise.class,
      names = {"INT8", "INT8_DYNAMIC"})
  void productsThatFollowEachOtherAnswerNearlyTheSame(CompressConfig.Quantise kind) {
    assertNear(
        kind,
        InputType.feedForward(40),
        40,
        new DenseLayer.Builder().nOut(16).activation(Activation.IDENTITY).build(),
        new DenseLayer.Builder().nOut(30).activation(Activation.RELU).build());
  }

  @ParameterizedTest
  @EnumSource(
      value = CompressConfig.Quantise.class,
      names = {"INT8", "INT8_DYNAMIC"})
  void studentThatBeginsWithoutAProductAnswersNearlyTheSame(CompressConfig.Quantise kind) {
    assertNear(
        kind,
        InputType.feedForward(40),
        40,
        new BatchNormalization.Builder().build(),
        new DenseLayer.Builder().nOut(16).activation(Activation.RELU).build());
  }

  @ParameterizedTest
  @EnumSource(
      value = CompressConfig.Quantise.class,
      names = {"INT8", "INT8_DYNAMIC"})
  void convolutionsOfEachChannelAnswerNearlyTheSame(CompressConfig.Quantise kind) {
    assertNear(
        kind,
        InputType.convolutionalFlat(10, 8, 2),
        160,
        new SeparableConvolution2D.Builder(3, 3)
            .depthMultiplier(3)
            .nOut(8)
            .activation(Activation.RELU)
            .build(),
        new DepthwiseConvolution2D.Builder(2, 2)
            .depthMultiplier(2)
            .activation(Activation.RELU)
            .build(),
        new SubsamplingLayer.Builder(PoolingType.MAX, new int[] {2, 2}).stride(2, 2).build());
  }

  @Test
  void answersOneByOneDoNotDependOnTheRowsBeside() {
    MultiLayerNetwork network =
        TestNetworks.of(
            InputType.feedForward(40),
            new DenseLayer.Builder().nOut(16).activation(Activation.RELU).build());
    OnnxFile file = TestNetworks.written(network, 40);
    byte[] bytes = Int8.of(file, CompressConfig.Quantise.INT8_DYNAMIC, List.of());
    JudgedModel small =
        new OnnxCandidate(
            "small",
            new OnnxFile(bytes, "small.onnx", 40, TestNetworks.CLASSES),
            StudentOnnx.LOGITS,
            9);
    float[] rows = TestNetworks.rows(ROWS, 40);
    float[] alone = new float[ROWS * TestNetworks.CLASSES];
    try (JudgedModel.Scorer scorer = small.open()) {
      for (int i = 0; i < ROWS; i++) {
        float[] logits = scorer.score(Arrays.copyOfRange(rows, i * 40, (i + 1) * 40), 1);
        System.arraycopy(logits, 0, alone, i * logits.length, logits.length);
      }
      assertThat(scorer.score(rows, ROWS)).isNotEqualTo(alone);
    }

    try (JudgedModel.Scorer scorer = new RowByRow(small).open()) {
      assertThat(scorer.score(rows, ROWS)).isEqualTo(alone);
    }
  }

  /** As weight decay leaves units that it has emptied. */
  @Test
  void biasOfAUnitWithoutWeightsIsKept() {
    MultiLayerNetwork network =
        TestNetworks.of(
            InputType.feedForward(40),
            new DenseLayer.Builder().nOut(16).activation(Activation.RELU).build());
    INDArray weights = network.getLayer(0).getParam("W");
    weights.getColumn(3).muli(1e-9);
    network.getLayer(0).getParam("b").putScalar(3, 2);

    assertNear(CompressConfig.Quantise.INT8, network, 40);
  }

  @Property(seed = "1", tries = 200)
  void weightsAreOffByHalfAStepAtMost(
      @ForAll @Size(12) List<@FloatRange(min = -8, max = 8) Float> weights) {
    float[] values = new float[12];
    for (int i = 0; i < values.length; i++) {
      values[i] = weights.get(i);
    }
    Int8Weights columns = Int8Weights.ofColumns(values, new float[4]);
    Int8Weights filters = Int8Weights.ofFilters(values, new float[4]);

    float[] greatestOfColumns = new float[4];
    float[] greatestOfFilters = new float[4];
    for (int i = 0; i < values.length; i++) {
      assertStep(values[i], columns.steps()[i], columns.scales()[i % 4]);
      assertStep(values[i], filters.steps()[i], filters.scales()[i / 3]);
      greatestOfColumns[i % 4] = Math.max(greatestOfColumns[i % 4], Math.abs(values[i]));
      greatestOfFilters[i / 3] = Math.max(greatestOfFilters[i / 3], Math.abs(values[i]));
    }
    for (int channel = 0; channel < 4; channel++) {
      assertScale(greatestOfColumns[channel], columns.scales()[channel]);
      assertScale(greatestOfFilters[channel], filters.scales()[channel]);
    }
  }

  /** As short as the greatest weight allows. */
  private static void assertScale(float greatest, float scale) {
    assertThat(scale).isEqualTo(greatest > 0 ? greatest / Int8Weights.MOST : 1);
  }

  private static void assertStep(float value, byte step, float scale) {
    assertThat(Math.abs(step)).isLessThanOrEqualTo(Int8Weights.MOST);
    assertThat(Math.abs(value - step * scale)).isLessThanOrEqualTo(0.501f * scale);
  }

  private static OnnxFile assertNear(
      CompressConfig.Quantise kind, InputType input, int width, Layer... layers) {
    return assertNear(kind, TestNetworks.of(input, layers), width);
  }

  private static OnnxFile assertNear(
      CompressConfig.Quantise kind, MultiLayerNetwork network, int width) {
    OnnxFile file = TestNetworks.written(network, width);
    float[] rows = TestNetworks.rows(ROWS, width);
    List<float[]> calibration = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      calibration.add(Arrays.copyOfRange(rows, i * width, (i + 1) * width));
    }
    OnnxFile small =
        new OnnxFile(Int8.of(file, kind, calibration), "small", width, TestNetworks.CLASSES);

    float[] expected = scored(file, rows);
    float[] found = scored(small, rows);
    double error = 0;
    double signal = 0;
    double mean = 0;
    for (float value : expected) {
      mean += value / expected.length;
    }
    for (int i = 0; i < expected.length; i++) {
      error += Math.pow(expected[i] - found[i], 2);
      signal += Math.pow(expected[i] - mean, 2);
    }
    assertThat(error / signal).isLessThan(0.01);
    return small;
  }

  private static float[] scored(OnnxFile file, float[] rows) {
    try (OnnxScorer scorer = file.open(List.of())) {
      return scorer.score(rows, ROWS).logits();
    }
  }
}
