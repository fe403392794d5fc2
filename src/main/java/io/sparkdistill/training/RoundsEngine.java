package io.sparkdistill.training;

import io.sparkdistill.config.ObjectiveConfig;
import io.sparkdistill.config.RoundsConfig.Shuffle;
import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.student.BatchStatistics;
import io.sparkdistill.student.StudentNetworks;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;

/** This project's own averaging: one Spark job a round, weighted by samples, repeatable. */
final class RoundsEngine implements TrainingEngine {
  @Override
  public TrainedStudent train(
      TrainingData data,
      StudentNetworks networks,
      ObjectiveConfig objective,
      TrainingConfig training,
      TrainingProgress progress) {
    try (WorkerRows rows = rows(data, training)) {
      return train(data, rows, networks, objective, training, progress);
    }
  }

  private static WorkerRows rows(TrainingData data, TrainingConfig training) {
    return training.rounds().shuffle() == Shuffle.EPOCH
        ? new DealtRows(data, training.seed())
        : WorkerRows.fixed(data);
  }

  private static TrainedStudent train(
      TrainingData data,
      WorkerRows rows,
      StudentNetworks networks,
      ObjectiveConfig objective,
      TrainingConfig training,
      TrainingProgress progress) {
    TrainingPlan plan =
        new TrainingPlan(
            rows.counts(),
            training.epochs(),
            training.batchSize(),
            training.averageEvery(),
            training.rounds().warmUpRounds());
    MultiLayerConfiguration configuration =
        networks.training(objective, training, plan.totalSteps());
    RowOrder order = RowOrder.of(training.rounds().shuffle(), training.seed());
    NetworkState first = new LocalTrainer(new NetworkPool(configuration), plan, order).initial();
    UpdaterStates updaters =
        new UpdaterStates(training.rounds().updaterState(), first.updater().length);
    OuterStep outer = new OuterStep(training.rounds().outer(), BatchStatistics.of(configuration));
    TrainingState initial =
        TrainingState.initial(
            updaters.shared(first), updaters.own(data.workerRows().size()), outer);
    JavaSparkContext context = JavaSparkContext.fromSparkContext(data.rows().context());
    Broadcast<RoundTask> task =
        context.broadcast(new RoundTask(configuration, plan, updaters, order));
    try {
      TrainingState end =
          new RoundLoop(plan, new RoundJob(context, rows, task), outer, progress).run(initial);
      return new TrainedStudent(
          end.network().parameters(), data.workerRows().size(), plan.totalSteps(), end.loss());
    } finally {
      task.destroy();
    }
  }
}
