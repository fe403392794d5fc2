package io.sparkdistill.student;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.CheckpointConfig;
import io.sparkdistill.config.PeriodConfig;
import io.sparkdistill.config.RoundsConfig;
import io.sparkdistill.config.StudentConfig;
import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.config.UpdaterConfig;
import io.sparkdistill.failure.BadInputException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;

/** Networks that users bring, as tests make and refuse them. */
final class OwnNetworks {
  static final String PLACE = "own.json";
  static final int WIDTH = 16;
  static final int CLASSES = 3;
  static final StudentConfig DENSE = new StudentConfig(List.of(5), StudentConfig.Activation.TANH);

  private OwnNetworks() {}

  static void refused(byte[] bytes, String found) {
    assertThatThrownBy(() -> StudentModel.of(bytes, PLACE))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("Cannot use student.model own.json, ")
        .hasMessageContaining(found)
        .hasMessageEndingWith(
            ". Give a MultiLayerConfiguration as JSON, or a zip of one and its parameters, of"
                + " layers that students have.");
  }

  static StudentNetworks networks(StudentModel model) {
    return new StudentNetworks(DENSE, Optional.of(model), WIDTH, CLASSES);
  }

  static StudentModel json(MultiLayerConfiguration configuration) {
    return StudentModel.of(bytes(configuration.toJson()), PLACE);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static TrainingConfig training(long seed) {
    return new TrainingConfig(
        TrainingConfig.Engine.ROUNDS,
        1,
        8,
        new PeriodConfig.Fixed(1),
        OptionalInt.of(1),
        seed,
        TrainingConfig.Schedule.COSINE,
        new UpdaterConfig.Adam(0.001, 0.9, 0.999, 1e-8),
        RoundsConfig.classic(),
        CheckpointConfig.none());
  }
}
