package io.sparkdistill.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.CheckpointConfig;
import io.sparkdistill.config.FeatureConfig;
import io.sparkdistill.config.FeatureConfig.Kind;
import io.sparkdistill.config.PeriodConfig;
import io.sparkdistill.config.RoundsConfig;
import io.sparkdistill.config.StudentConfig;
import io.sparkdistill.config.StudentConfig.Activation;
import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.config.UpdaterConfig;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.objective.Feature;
import io.sparkdistill.objective.Features;
import io.sparkdistill.objective.Hints;
import io.sparkdistill.objective.LayerShape;
import io.sparkdistill.objective.Relations;
import java.util.List;
import java.util.OptionalInt;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Layers and tensors that fit one another, and those that do not. */
class StudentFeaturesTest {
  private static final int WIDTH = 2 * 13 * 9;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void hiddenLayersAreThoseOfTheNetwork(int pool) {
    StudentNetworks networks = networks(pool);
    MultiLayerNetwork network = new MultiLayerNetwork(networks.published(training()));
    network.init();
    List<INDArray> outputs = network.feedForward(Nd4j.zeros(1, WIDTH));
    assertThat(networks.hiddenLayers()).hasSameSizeAs(networks.student().hiddenLayers()).hasSize(3);
    for (StudentNetworks.HiddenLayer layer : networks.hiddenLayers()) {
      // The first one is the input.
      INDArray output = outputs.get(layer.number() + 1);
      assertThat(output.length()).isEqualTo(layer.shape().numbers());
      if (output.rank() == 4) {
        assertThat(output.shape())
            .containsExactly(
                1, layer.shape().channels(), layer.shape().height(), layer.shape().width());
      }
    }
  }

  @Test
  void tensorsAreFittedToTheLayersThatAreNamed() {
    Features features =
        StudentFeatures.of(
            networks(2),
            List.of(
                feature(0, Kind.HINT, "conv", "cnn-1", 5, 6, 4),
                feature(1, Kind.RELATIONAL, "fc", "hidden-1")),
            List.of("fc", "conv"),
            List.of(20, 120));
    assertThat(features.all())
        .containsExactly(
            new Feature(
                "hint1", 1, 1, 0.5, new Hints(new LayerShape(4, 6, 4), new LayerShape(5, 6, 4))),
            new Feature("relational2", 4, 0, 0.5, new Relations(7, 20, 3, 4)));
    assertThat(features.numbers()).isEqualTo(140);
    // The same weights at all positions.
    assertThat(features.parameters()).isEqualTo(25);
  }

  @Test
  void refusesATensorThatIsNotWhatItsShapeSays() {
    assertThatThrownBy(() -> one(feature(1, Kind.HINT, "conv", "cnn-1", 5, 6, 5)))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "Cannot compare a hidden layer with the tensor conv, each row has another number of"
                + " numbers than [5, 6, 5] has: 120. Correct objective.features[1].shape.");
  }

  @Test
  void refusesAttentionBetweenAnImageAndUnits() {
    assertThatThrownBy(() -> one(feature(0, Kind.ATTENTION, "conv", "cnn-1")))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "Cannot compare a hidden layer with the tensor conv, attention is compared between two"
                + " images, or between as many units: [4, 6, 4] of cnn-1 and 120 numbers. Set"
                + " objective.features[0].shape where the tensor is an image, or give another"
                + " layer, tensor or kind.");
    assertThatThrownBy(() -> one(feature(0, Kind.ATTENTION, "conv", "hidden-1")))
        .hasMessageContaining("7 numbers of hidden-1 and 120 numbers");
  }

  @Test
  void refusesRegressorsThatAreTooLarge() {
    FeatureConfig hint = feature(0, Kind.HINT, "huge", "cnn-1");
    assertThatThrownBy(
            () -> StudentFeatures.of(networks(1), List.of(hint), List.of("huge"), List.of(1 << 24)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("regressors of so many parameters are too large: 7868514304.");
  }

  private static Features one(FeatureConfig feature) {
    return StudentFeatures.of(networks(2), List.of(feature), List.of("conv"), List.of(120));
  }

  private static FeatureConfig feature(
      int number, Kind kind, String tensor, String layer, Integer... shape) {
    return new FeatureConfig(
        number, kind, tensor, layer, 0.5, List.of(shape), new FeatureConfig.Relations(3, 4));
  }

  private static StudentNetworks networks(int pool) {
    return new StudentNetworks(
        new StudentConfig(
            List.of(7),
            Activation.RELU,
            new StudentConfig.Cnn(List.of(4, 6), 3, pool, List.of(2, 13, 9))),
        WIDTH,
        3);
  }

  private static TrainingConfig training() {
    return new TrainingConfig(
        TrainingConfig.Engine.ROUNDS,
        1,
        8,
        new PeriodConfig.Fixed(1),
        OptionalInt.of(1),
        1,
        TrainingConfig.Schedule.CONSTANT,
        new UpdaterConfig.Sgd(0.1),
        RoundsConfig.classic(),
        CheckpointConfig.none());
  }
}
