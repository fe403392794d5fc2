package io.sparkdistill.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.config.CheckpointConfig;
import io.sparkdistill.config.ObjectiveConfig;
import io.sparkdistill.config.PeriodConfig;
import io.sparkdistill.config.RoundsConfig;
import io.sparkdistill.config.StudentConfig;
import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.config.UpdaterConfig;
import io.sparkdistill.objective.JointObjective;
import io.sparkdistill.student.StudentNetworks;
import io.sparkdistill.training.rows.TrainingRow;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.junit.jupiter.api.Test;

/** What students are worth on rows that are held out. */
class HeldOutLossTest {
  private static final TrainingConfig TRAINING =
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

  @Test
  void eachHeadIsRightAboutItsOwnLabel() {
    ObjectiveConfig labels = ObjectiveConfig.labelsAlone();
    MultiLayerConfiguration configuration =
        new StudentNetworks(new StudentConfig(List.of(), StudentConfig.Activation.RELU), 2, 5)
            .training(
                JointObjective.of(
                    List.of(
                        new JointObjective.Plan("digit", 3, 1, labels),
                        new JointObjective.Plan("parity", 2, 0.5, labels))),
                TRAINING,
                1);
    float[] parameters = new float[2 * 5 + 5];
    System.arraycopy(new float[] {0, 2, 0, 5, 0}, 0, parameters, 10, 5);
    Iterator<TrainingRow> rows =
        List.of(row(0, 1, 0, 0, 1), row(0, 1, 0, 1, 0), row(1, 0, 0, 0, 0)).iterator();

    HeldOutLoss.Sums sums = HeldOutLoss.sums(configuration, parameters, rows);

    assertThat(sums.labelled()).isEqualTo(5);
    assertThat(sums.right()).isEqualTo(3);
    assertThat(sums.loss()).isPositive();
  }

  private static TrainingRow row(float... labels) {
    float[] targets = new float[10];
    System.arraycopy(labels, 0, targets, 0, 5);
    return new TrainingRow(new float[2], targets);
  }
}
