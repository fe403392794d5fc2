package io.sparkdistill.training;

import io.sparkdistill.config.ObjectiveConfig;
import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.objective.GoalPlan;
import io.sparkdistill.student.StudentNetworks;
import io.sparkdistill.training.rows.TrainingData;

/** Trains a student on distributed rows. */
public interface TrainingEngine {
  /**
   * The configured engine.
   *
   * @param engine its name
   * @return the engine
   */
  static TrainingEngine of(TrainingConfig.Engine engine) {
    return switch (engine) {
      case ROUNDS -> new RoundsEngine();
      case DL4J_SPARK -> new StockEngine();
    };
  }

  /**
   * Trains.
   *
   * @param data the rows
   * @param networks the student's layers
   * @param goal what it minimises
   * @param training how
   * @param checkpoints where to go on from, and where to keep its place; the stock engine cannot
   * @param progress is told of each averaging
   * @return the student
   * @throws io.sparkdistill.failure.TransientException if it was asked to stop
   * @throws io.sparkdistill.failure.DivergenceException if the loss is no longer finite
   */
  TrainedStudent train(
      TrainingData data,
      StudentNetworks networks,
      GoalPlan goal,
      TrainingConfig training,
      Checkpoints checkpoints,
      TrainingProgress progress);

  /**
   * Trains a student of one head.
   *
   * @param data the rows
   * @param networks the student's layers
   * @param objective what it minimises
   * @param training how
   * @param checkpoints where to go on from, and where to keep its place; the stock engine cannot
   * @param progress is told of each averaging
   * @return the student
   * @throws io.sparkdistill.failure.TransientException if it was asked to stop
   * @throws io.sparkdistill.failure.DivergenceException if the loss is no longer finite
   */
  default TrainedStudent train(
      TrainingData data,
      StudentNetworks networks,
      ObjectiveConfig objective,
      TrainingConfig training,
      Checkpoints checkpoints,
      TrainingProgress progress) {
    return train(data, networks, GoalPlan.of(objective), training, checkpoints, progress);
  }
}
