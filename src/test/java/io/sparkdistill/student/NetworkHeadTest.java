package io.sparkdistill.student;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.config.CheckpointConfig;
import io.sparkdistill.config.PeriodConfig;
import io.sparkdistill.config.RoundsConfig;
import io.sparkdistill.config.StudentConfig;
import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.config.UpdaterConfig;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** A head that was cut out answers as the whole does at the head's places. */
class NetworkHeadTest {
  static {
    NativeBackend.choose();
  }

  private static final float[] ROWS = {1, 2, -1, 0.5f, 3, 0};

  @Test
  void logitsAreThoseOfTheWholeAtTheHeadsPlaces() {
    requireColumns(network(new OutputLayer.Builder(new LossMCXENT())), 3 * 4 + 4 + 4 * 5 + 5);
  }

  @Test
  void lastLayerNeedsNoBiases() {
    requireColumns(
        network(new OutputLayer.Builder(new LossMCXENT()).hasBias(false)), 3 * 4 + 4 + 4 * 5);
  }

  @Test
  void isWhatAStudentOfOneHeadIs() {
    TrainingConfig training =
        new TrainingConfig(
            TrainingConfig.Engine.ROUNDS,
            1,
            8,
            new PeriodConfig.Fixed(1),
            OptionalInt.of(1),
            9,
            TrainingConfig.Schedule.CONSTANT,
            new UpdaterConfig.Sgd(0.1),
            RoundsConfig.classic(),
            CheckpointConfig.none());
    StudentConfig student = new StudentConfig(List.of(4), StudentConfig.Activation.RELU);
    MultiLayerConfiguration whole = new StudentNetworks(student, 3, 5).published(training);
    String before = whole.toJson();

    NetworkHead.Cut cut = new NetworkHead(3, 2).of(whole, numbers(3 * 4 + 4 + 4 * 5 + 5));

    assertThat(cut.configuration().toJson())
        .isEqualTo(new StudentNetworks(student, 3, 2).published(training).toJson());
    assertThat(cut.parameters()).hasSize(3 * 4 + 4 + 4 * 2 + 2);
    assertThat(whole.toJson()).isEqualTo(before);
  }

  private static void requireColumns(MultiLayerConfiguration published, int parameters) {
    float[] numbers = numbers(parameters);
    float[] all = logits(NetworkHead.whole(published), numbers, 2);
    NetworkHead.Cut digit = new NetworkHead(0, 3).of(published, numbers);
    NetworkHead.Cut parity = new NetworkHead(3, 2).of(published, numbers);

    float[] digits = logits(digit.configuration(), digit.parameters(), 2);
    float[] parities = logits(parity.configuration(), parity.parameters(), 2);

    assertThat(all).hasSize(10);
    for (int row = 0; row < 2; row++) {
      assertThat(Arrays.copyOfRange(digits, 3 * row, 3 * row + 3))
          .containsExactly(Arrays.copyOfRange(all, 5 * row, 5 * row + 3));
      assertThat(Arrays.copyOfRange(parities, 2 * row, 2 * row + 2))
          .containsExactly(Arrays.copyOfRange(all, 5 * row + 3, 5 * row + 5));
    }
    int body = 3 * 4 + 4;
    assertThat(Arrays.copyOf(parity.parameters(), body))
        .containsExactly(Arrays.copyOf(numbers, body));
  }

  /** So short that sums of their products are exact, in whatever order. */
  private static float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (i * 7 % 11 - 5) / 8f;
    }
    return numbers;
  }

  private static float[] logits(
      MultiLayerConfiguration configuration, float[] parameters, int rows) {
    return StudentScorer.open(StudentZip.write(configuration, parameters), "test")
        .score(ROWS, rows);
  }

  private static MultiLayerConfiguration network(OutputLayer.Builder output) {
    return new NeuralNetConfiguration.Builder()
        .list()
        .layer(new DenseLayer.Builder().nOut(4).activation(Activation.RELU).build())
        .layer(output.nOut(5).activation(Activation.SOFTMAX).build())
        .setInputType(InputType.feedForward(3))
        .build();
  }
}
