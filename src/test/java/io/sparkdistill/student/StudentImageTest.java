package io.sparkdistill.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.CheckpointConfig;
import io.sparkdistill.config.ImageSize;
import io.sparkdistill.config.PeriodConfig;
import io.sparkdistill.config.RoundsConfig;
import io.sparkdistill.config.StudentConfig;
import io.sparkdistill.config.StudentConfig.Activation;
import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.config.UpdaterConfig;
import io.sparkdistill.failure.BadInputException;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class StudentImageTest {
  private static final TrainingConfig TRAINING =
      new TrainingConfig(
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

  @Test
  void featuresWithoutSizesAreASquareOfOneChannel() {
    assertThat(StudentImage.of(cnn(2, List.of()), 144)).isEqualTo(new ImageSize(1, 12, 12));
  }

  @Test
  void sizesMayNameChannels() {
    assertThat(StudentImage.of(cnn(2, List.of(3, 4, 5)), 60)).isEqualTo(new ImageSize(3, 4, 5));
    assertThat(StudentImage.of(cnn(2, List.of(4, 5)), 20)).isEqualTo(new ImageSize(1, 4, 5));
  }

  @Test
  void refusesFeaturesThatAreNoSuchImages() {
    assertThatThrownBy(() -> StudentImage.of(cnn(2, List.of(3, 4, 5)), 61))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "Cannot build the student, features are no images of [3, 4, 5]: 61 numbers. Set"
                + " student.cnn.image to what they are.");
    assertThatThrownBy(() -> StudentImage.of(cnn(2, List.of()), 50))
        .hasMessageContaining("no images of a square of one channel: 50 numbers");
  }

  @Test
  void refusesPoolingThatLeavesNothing() {
    assertThatThrownBy(() -> StudentImage.of(cnn(4, List.of()), 144))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("nothing of its images is left after 2 times of pooling: 12 x 12");
  }

  @Test
  void convolutionalStudentIsPublishedAndScoresAsDeeplearning4jDoes() {
    StudentConfig student = new StudentConfig(List.of(7), Activation.RELU, cnn(2, List.of()));
    StudentNetworks networks = new StudentNetworks(student, 144, 5);
    MultiLayerNetwork network = new MultiLayerNetwork(networks.published(TRAINING));
    network.init();
    float[] features = new float[3 * 144];
    Random random = new Random(1);
    for (int i = 0; i < features.length; i++) {
      features[i] = random.nextFloat();
    }

    byte[] zip =
        StudentZip.write(networks.published(TRAINING), network.params().dup('c').data().asFloat());
    float[] logits = StudentScorer.open(zip, "a student").score(features, 3);

    INDArray expected = network.output(Nd4j.create(features, new long[] {3, 144}, 'c'));
    INDArray ours = Nd4j.nn().softmax(Nd4j.create(logits, new long[] {3, 5}, 'c'), 1);
    assertThat(ours.equalsWithEps(expected, 1e-5)).isTrue();
  }

  private static StudentConfig.Cnn cnn(int pool, List<Integer> image) {
    return new StudentConfig.Cnn(List.of(4, 6), 3, pool, image);
  }
}
