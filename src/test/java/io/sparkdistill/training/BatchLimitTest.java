package io.sparkdistill.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.CheckpointConfig;
import io.sparkdistill.config.ObjectiveConfig;
import io.sparkdistill.config.PeriodConfig;
import io.sparkdistill.config.RoundsConfig;
import io.sparkdistill.config.RoundsConfig.LocalSteps;
import io.sparkdistill.config.StudentConfig;
import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.config.UpdaterConfig;
import io.sparkdistill.failure.InvalidConfigurationException;
import io.sparkdistill.objective.Features;
import io.sparkdistill.student.StudentNetworks;
import io.sparkdistill.training.rows.TeacherChoice;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Steps that no array holds are refused before anything trains. */
class BatchLimitTest {
  private static final TrainingConfig TRAINING = training(LocalSteps.EQUAL);

  @Test
  void widestOfFeaturesTargetsAndLayersDecides() {
    assertThat(limit(networks(List.of(), List.of(500), 784, 10))).isEqualTo(new BatchLimit(784));
    assertThat(limit(networks(List.of(), List.of(900), 784, 10))).isEqualTo(new BatchLimit(900));
    assertThat(limit(networks(List.of(), List.of(9), 784, 400))).isEqualTo(new BatchLimit(800));
    // Of a convolution before its pooling.
    assertThat(limit(networks(List.of(32, 8), List.of(900), 784, 10)))
        .isEqualTo(new BatchLimit(32 * 28 * 28));
  }

  @Test
  void answersOfAllTeachersAmongWhomIsDrawnTravelTogether() {
    StudentNetworks networks = networks(List.of(), List.of(9), 784, 400);
    assertThat(limit(networks, new TeacherChoice(List.of(1.0, 1.0, 2.0), 5)))
        .isEqualTo(new BatchLimit(3 * 800));
  }

  @Test
  void stepsOfMoreRowsThanFitAreRefusedNamingHowManyDo() {
    BatchLimit limit = new BatchLimit(32 * 28 * 28);
    assertThatThrownBy(() -> limit.require(plan(1_000_000, 30_000), TRAINING))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessage(
            "Cannot train in steps of 30000 rows, with 25088 numbers a row in an array this would"
                + " have more than 2 GiB: training.batchSize is 1000000. Set it to at most 21399.");
    assertThatCode(() -> limit.require(plan(21_399, 1_000_000), TRAINING))
        .doesNotThrowAnyException();
  }

  @Test
  void workersWithFewRowsTakeNoLargeStepsUnlessAStepSpansPasses() {
    BatchLimit limit = new BatchLimit(32 * 28 * 28);
    assertThatCode(() -> limit.require(plan(1_000_000, 20_000), TRAINING))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> limit.require(plan(1_000_000, 20_000), training(LocalSteps.BY_SPEED)))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageStartingWith("Cannot train in steps of 1000000 rows, ");
  }

  private static BatchLimit limit(StudentNetworks networks) {
    return limit(networks, TeacherChoice.none());
  }

  private static BatchLimit limit(StudentNetworks networks, TeacherChoice choice) {
    return BatchLimit.of(
        networks,
        networks.training(new ObjectiveConfig(1, 0), TRAINING, 10),
        Features.none(),
        choice);
  }

  private static TrainingPlan plan(int batchSize, int rows) {
    return new TrainingPlan(List.of(7, rows), 1, batchSize, 1);
  }

  private static StudentNetworks networks(
      List<Integer> channels, List<Integer> hidden, int width, int classes) {
    return new StudentNetworks(
        new StudentConfig(
            hidden,
            StudentConfig.Activation.RELU,
            new StudentConfig.Cnn(channels, 3, 2, List.of()),
            io.sparkdistill.config.RegularisationConfig.none()),
        width,
        classes);
  }

  private static TrainingConfig training(LocalSteps steps) {
    RoundsConfig classic = RoundsConfig.classic();
    return new TrainingConfig(
        TrainingConfig.Engine.ROUNDS,
        1,
        8,
        new PeriodConfig.Fixed(1),
        OptionalInt.empty(),
        3,
        TrainingConfig.Schedule.CONSTANT,
        new UpdaterConfig.Sgd(0.1),
        new RoundsConfig(
            classic.outer(),
            classic.updaterState(),
            0,
            classic.shuffle(),
            classic.validation(),
            classic.limits(),
            classic.patience(),
            classic.cache(),
            steps,
            classic.augmentation()),
        CheckpointConfig.none());
  }
}
