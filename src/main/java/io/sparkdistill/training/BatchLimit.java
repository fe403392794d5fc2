package io.sparkdistill.training;

import io.sparkdistill.config.RoundsConfig.LocalSteps;
import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.failure.InvalidConfigurationException;
import io.sparkdistill.objective.Features;
import io.sparkdistill.student.StudentNetworks;
import io.sparkdistill.training.rows.TeacherChoice;
import java.util.Collections;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;

/**
 * How many rows a step may have: each of its arrays is read and written through a buffer of Java,
 * which holds 2 GiB.
 *
 * @param numbers of a row in the widest of these arrays
 */
record BatchLimit(long numbers) {
  private static final int MOST = Integer.MAX_VALUE / Float.BYTES;

  /**
   * That of a student.
   *
   * @param choice among teachers, of whom each has answered every row
   * @param network that trains
   * @param features that its hidden layers are compared with
   */
  static BatchLimit of(
      StudentNetworks networks,
      MultiLayerConfiguration network,
      Features features,
      TeacherChoice choice) {
    long answers = Math.max(1, choice.weights().size());
    long rows = Math.max(networks.width(), 2 * answers * networks.classes());
    return new BatchLimit(Math.max(Math.max(rows, features.numbers()), networks.widest(network)));
  }

  /**
   * Refuses steps that are too large.
   *
   * @param plan whose workers may have fewer rows than a batch
   * @throws InvalidConfigurationException if there are any
   */
  void require(TrainingPlan plan, TrainingConfig training) {
    // By speed, a step may span two passes.
    int rows =
        training.rounds().localSteps() == LocalSteps.BY_SPEED
            ? plan.batchSize()
            : Math.min(plan.batchSize(), Collections.max(plan.workerRows()));
    if (rows * numbers > MOST) {
      throw new InvalidConfigurationException(
          "Cannot train in steps of "
              + rows
              + " rows, with "
              + numbers
              + " numbers a row in an array this would have more than 2 GiB: training.batchSize is "
              + plan.batchSize()
              + ". Set it to at most "
              + MOST / numbers
              + ".");
    }
  }
}
