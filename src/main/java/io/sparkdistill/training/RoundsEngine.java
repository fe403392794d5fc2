package io.sparkdistill.training;

import io.sparkdistill.config.ObjectiveConfig;
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
    TrainingPlan plan =
        new TrainingPlan(
            data.workerRows(),
            training.epochs(),
            training.batchSize(),
            training.averageEvery(),
            training.rounds().warmUpRounds());
    MultiLayerConfiguration configuration =
        networks.training(objective, training, plan.totalSteps());
    NetworkState first =
        new LocalTrainer(new NetworkPool(configuration), plan, training.seed()).initial();
    UpdaterStates updaters =
        new UpdaterStates(training.rounds().updaterState(), first.updater().length);
    OuterStep outer = new OuterStep(training.rounds().outer(), BatchStatistics.of(configuration));
    TrainingState initial =
        TrainingState.initial(
            updaters.shared(first), updaters.own(data.workerRows().size()), outer);
    JavaSparkContext context = JavaSparkContext.fromSparkContext(data.rows().context());
    Broadcast<RoundTask> task =
        context.broadcast(new RoundTask(configuration, plan, updaters, training.seed()));
    try {
      TrainingState end =
          new RoundLoop(plan, new RoundJob(context, data, task), outer, progress).run(initial);
      return new TrainedStudent(
          end.network().parameters(), data.workerRows().size(), plan.totalSteps(), end.loss());
    } finally {
      task.destroy();
    }
  }
}
