package io.sparkdistill.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import java.util.ArrayList;
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
    double digit = Math.log(2 + Math.exp(2));
    double parity = Math.log(1 + Math.exp(5));
    assertThat(sums.loss()).isCloseTo((3 * digit - 2 - 2) + 0.5 * (2 * parity - 5), within(1e-5));
  }

  /** Hinton's loss at temperature 3, of more rows than a batch holds. */
  @Test
  void lossIsTheObjectiveOfAllRows() {
    MultiLayerConfiguration configuration =
        new StudentNetworks(new StudentConfig(List.of(), StudentConfig.Activation.RELU), 1, 2)
            .training(new ObjectiveConfig(3, 0.7), TRAINING, 1);
    float[] parameters = {1.5f, -0.5f, 0.25f, 0};
    List<TrainingRow> rows = new ArrayList<>();
    double expected = 0;
    int right = 0;
    for (int i = 0; i < 600; i++) {
      float x = (i - 300) / 100f;
      int label = i % 2;
      float teacher = (i % 7) - 3;
      float[] targets = {1 - label, label, teacher, 0};
      rows.add(new TrainingRow(new float[] {x}, targets));
      double student = 2.0 * x + 0.25;
      double p = sigmoid(teacher / 3);
      double q = sigmoid(student / 3);
      double divergence = p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q));
      expected += 0.7 * 9 * divergence - 0.3 * Math.log(sigmoid(label == 0 ? student : -student));
      right += (student > 0) == (label == 0) ? 1 : 0;
    }

    HeldOutLoss.Sums sums = HeldOutLoss.sums(configuration, parameters, rows.iterator());

    assertThat(sums.loss()).isCloseTo(expected, within(1e-5 * expected));
    assertThat(sums.labelled()).isEqualTo(600);
    assertThat(sums.right()).isEqualTo(right);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static TrainingRow row(float... labels) {
    float[] targets = new float[10];
    System.arraycopy(labels, 0, targets, 0, 5);
    return new TrainingRow(new float[2], targets);
  }
}
