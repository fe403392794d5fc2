package io.sparkdistill.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.failure.BadInputException;
import java.util.Map;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Logits of the classes that were moved are moved by as much, and no others. */
class OutputBiasesTest {
  static {
    NativeBackend.choose();
  }

  private static final int PARAMETERS = 2 * 4 + 4 + 4 * 3 + 3;

  @Test
  void movesLogitsOfTheseClassesAlone() {
    MultiLayerConfiguration configuration = network(new OutputLayer.Builder(new LossMCXENT()));
    float[] parameters = new float[PARAMETERS];
    for (int i = 0; i < PARAMETERS; i++) {
      parameters[i] = i / 8f;
    }
    float[] moved = OutputBiases.moved(configuration, parameters, Map.of(0, 1.5, 2, -2.0));

    float[] features = {1, 2};
    float[] before = logits(configuration, parameters, features);
    assertThat(logits(configuration, moved, features))
        .containsExactly(before[0] + 1.5f, before[1], before[2] - 2);
  }

  @Test
  void refusesALastLayerWithoutBiases() {
    MultiLayerConfiguration configuration =
        network(new OutputLayer.Builder(new LossMCXENT()).hasBias(false));
    assertThatThrownBy(
            () -> OutputBiases.moved(configuration, new float[PARAMETERS - 3], Map.of(0, 1.0)))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "Cannot move biases of the student, its last layer has none: OutputLayer. Give one that"
                + " has, or let training.transferSet.matchFrequencies be [].");
  }

  private static float[] logits(
      MultiLayerConfiguration configuration, float[] parameters, float[] features) {
    byte[] zip = StudentZip.write(configuration, parameters);
    return StudentScorer.open(zip, "test").score(features, 1);
  }

  private static MultiLayerConfiguration network(OutputLayer.Builder output) {
    return new NeuralNetConfiguration.Builder()
        .list()
        .layer(new DenseLayer.Builder().nOut(4).activation(Activation.RELU).build())
        .layer(output.nOut(3).activation(Activation.SOFTMAX).build())
        .setInputType(InputType.feedForward(2))
        .build();
  }
}
