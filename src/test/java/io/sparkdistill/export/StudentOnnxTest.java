package io.sparkdistill.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.sparkdistill.config.ExportConfig;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.teacher.OnnxFile;
import io.sparkdistill.teacher.OnnxScorer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;

/** ONNX Runtime answers as Deeplearning4j does. */
class StudentOnnxTest {
  private static final int ROWS = 9;
  private static final InputType FLAT = InputType.feedForward(12);
  private static final InputType IMAGES = InputType.convolutionalFlat(6, 8, 2);

  @ParameterizedTest
  @EnumSource(names = {"RELU", "LEAKYRELU", "ELU", "GELU", "SWISH", "TANH", "SIGMOID", "IDENTITY"})
  void everyActivationOfAStudentGivesTheSame(Activation activation) {
    assertSame(FLAT, 12, new DenseLayer.Builder().nOut(20).activation(activation).build());
    assertSame(
        IMAGES, 96, new ConvolutionLayer.Builder(3, 3).nOut(4).activation(activation).build());
  }

  static Stream<Arguments> images() {
    return Stream.of(
        Arguments.of("padding", convolution().padding(1, 1).build(), max(2).build()),
        Arguments.of(
            "stride and dilation",
            convolution().stride(2, 1).dilation(1, 2).build(),
            max(2).build()),
        Arguments.of(
            "same size",
            convolution().convolutionMode(ConvolutionMode.Same).stride(2, 2).build(),
            max(2).convolutionMode(ConvolutionMode.Same).build()),
        Arguments.of("no bias", convolution().hasBias(false).build(), max(3).build()),
        Arguments.of("means", convolution().build(), means().build()),
        Arguments.of(
            "means with borders",
            convolution().padding(1, 1).build(),
            means().padding(1, 1).build()),
        Arguments.of(
            "largest with borders",
            convolution().padding(1, 1).build(),
            max(2).padding(1, 1).build()),
        Arguments.of(
            "means of channels", convolution().build(), new GlobalPoolingLayer(PoolingType.AVG)),
        Arguments.of(
            "largest of channels", convolution().build(), new GlobalPoolingLayer(PoolingType.MAX)),
        Arguments.of(
            "each channel by itself",
            new DepthwiseConvolution2D.Builder(3, 2)
                .depthMultiplier(3)
                .padding(1, 1)
                .activation(Activation.RELU)
                .build(),
            max(2).build()),
        Arguments.of(
            "each channel by itself, without a bias, in strides",
            new DepthwiseConvolution2D.Builder(2, 2)
                .depthMultiplier(1)
                .stride(2, 1)
                .hasBias(false)
                .convolutionMode(ConvolutionMode.Same)
                .build(),
            means().build()),
        Arguments.of(
            "channels apart and then together",
            new SeparableConvolution2D.Builder(3, 2)
                .depthMultiplier(2)
                .nOut(5)
                .stride(1, 2)
                .activation(Activation.RELU)
                .build(),
            max(2).build()),
        Arguments.of(
            "normalised",
            convolution().activation(Activation.IDENTITY).build(),
            new BatchNormalization.Builder().useLogStd(false).build()),
        Arguments.of(
            "normalised by logarithms",
            convolution().build(),
            new BatchNormalization.Builder().useLogStd(true).build()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("images")
  void convolutionsAndWhatFollowsThemGiveTheSame(String name, Layer first, Layer second) {
    assertSame(
        IMAGES,
        96,
        first,
        second,
        new DenseLayer.Builder().nOut(7).activation(Activation.RELU).build());
  }

  @Test
  void whatOnlyTrainingNeedsIsLeftOut() {
    assertSame(
        FLAT,
        12,
        new DenseLayer.Builder().nOut(8).dropOut(0.5).hasBias(false).build(),
        new BatchNormalization.Builder().lockGammaBeta(true).gamma(2).beta(0.5).build(),
        new ActivationLayer(Activation.RELU),
        new DropoutLayer(0.5),
        new DenseLayer.Builder().nOut(6).activation(Activation.TANH).build());
  }

  @Test
  void lockedNormalisationIsWhatDeeplearning4jMakesOfIt() {
    for (double[] locked : new double[][] {{2, 0.5}, {2, 0}, {1, 0.5}, {1, 0}}) {
      assertSame(
          FLAT,
          12,
          new DenseLayer.Builder().nOut(8).build(),
          new BatchNormalization.Builder()
              .lockGammaBeta(true)
              .gamma(locked[0])
              .beta(locked[1])
              .build());
    }
  }

  @Test
  void probabilitiesAreTheSoftmaxOfTheLogits() {
    MultiLayerNetwork network = TestNetworks.of(FLAT, new DenseLayer.Builder().nOut(5).build());
    byte[] bytes =
        StudentOnnx.write(
            network,
            "",
            ExportConfig.Head.PROBABILITIES,
            12,
            TestNetworks.CLASSES,
            new TreeMap<>());
    float[] rows = TestNetworks.rows(1, 12);

    try (OnnxScorer scorer = new OnnxFile(bytes, "", 12, 3).open(List.of(StudentOnnx.LOGITS))) {
      float[] probabilities = scorer.score(rows, 1).logits();
      float[] logits = scorer.score(rows, 1).intermediates().get(0);
      double sum = 0;
      for (float logit : logits) {
        sum += Math.exp(logit);
      }
      for (int i = 0; i < logits.length; i++) {
        assertThat((double) probabilities[i]).isCloseTo(Math.exp(logits[i]) / sum, within(1e-6));
      }
    }
  }

  @Test
  void anyProgramReadsTheFileAndWhatItSaysOfItself() throws OrtException {
    MultiLayerNetwork network = TestNetworks.of(FLAT, new DenseLayer.Builder().nOut(5).build());
    byte[] bytes =
        StudentOnnx.write(
            network,
            "",
            ExportConfig.Head.LOGITS,
            12,
            TestNetworks.CLASSES,
            new TreeMap<>(Map.of("classes", "3")));
    float[] rows = TestNetworks.rows(4, 12);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();

    try (OrtSession session = environment.createSession(bytes);
        OnnxTensor input =
            OnnxTensor.createTensor(environment, FloatBuffer.wrap(rows), new long[] {4, 12});
        OrtSession.Result result = session.run(Map.of(StudentOnnx.FEATURES, input))) {
      float[][] found = (float[][]) result.get(StudentOnnx.LOGITS).orElseThrow().getValue();
      float[] expected = TestNetworks.logits(network, rows, 4);
      for (int i = 0; i < expected.length; i++) {
        assertThat(found[i / 3][i % 3]).isCloseTo(expected[i], within(1e-5f));
      }
      assertThat(session.getMetadata().getCustomMetadata()).containsEntry("classes", "3");
      assertThat(session.getMetadata().getProducerName()).isEqualTo("spark-distill");
    }
    assertThat(StudentOnnx.read(bytes).getOpsetImport(0).getVersion()).isEqualTo(13);
  }

  @Test
  void theSameStudentGivesTheSameBytes() {
    MultiLayerNetwork network = TestNetworks.of(IMAGES, convolution().build(), max(2).build());

    assertThat(TestNetworks.written(network, 96).bytes())
        .isEqualTo(TestNetworks.written(network, 96).bytes());
  }

  @Test
  void refusesLayersThatItDoesNotKnow() {
    MultiLayerNetwork pooled =
        TestNetworks.of(
            IMAGES,
            new SubsamplingLayer.Builder(PoolingType.PNORM, new int[] {2, 2}).pnorm(2).build());
    assertThatThrownBy(() -> TestNetworks.written(pooled, 96))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "Cannot write the student as ONNX, it has what is not known here: pooling of kind PNORM."
                + " Set export.onnx to false, or train another student.");
    MultiLayerNetwork summed =
        TestNetworks.of(IMAGES, convolution().build(), new GlobalPoolingLayer(PoolingType.SUM));
    assertThatThrownBy(() -> TestNetworks.written(summed, 96))
        .hasMessageContaining("global pooling of kind SUM.");
    MultiLayerNetwork cubed =
        TestNetworks.of(FLAT, new DenseLayer.Builder().nOut(5).activation(Activation.CUBE).build());
    assertThatThrownBy(() -> TestNetworks.written(cubed, 12))
        .hasMessageContaining("the activation cube");
  }

  private static ConvolutionLayer.Builder convolution() {
    return new ConvolutionLayer.Builder(3, 3).nOut(4).activation(Activation.RELU);
  }

  private static SubsamplingLayer.Builder max(int side) {
    return new SubsamplingLayer.Builder(PoolingType.MAX, new int[] {side, side}).stride(side, side);
  }

  private static SubsamplingLayer.Builder means() {
    return new SubsamplingLayer.Builder(PoolingType.AVG, new int[] {2, 2}).stride(2, 2);
  }

  private static void assertSame(InputType input, int width, Layer... layers) {
    MultiLayerNetwork network = TestNetworks.of(input, layers);
    float[] rows = TestNetworks.rows(ROWS, width);

    try (OnnxScorer scorer = TestNetworks.written(network, width).open(List.of())) {
      Deviation deviation =
          Deviation.of(
              TestNetworks.logits(network, rows, ROWS), scorer.score(rows, ROWS).logits(), ROWS);
      assertThat(deviation.largest()).isLessThan(1e-5);
      assertThat(deviation.isRounding()).isTrue();
    }
  }
}
