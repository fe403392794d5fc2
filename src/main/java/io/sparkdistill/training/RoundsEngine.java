package io.sparkdistill.training;

import io.sparkdistill.config.ObjectiveConfig;
import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.student.NativeBackend;
import io.sparkdistill.student.StudentNetworks;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import scala.Tuple2;

/** This project's own averaging: one Spark job a round, weighted by samples, repeatable. */
final class RoundsEngine implements TrainingEngine {
  private static final int FAN_IN = 8;

  @Override
  public TrainedStudent train(
      TrainingData data,
      StudentNetworks networks,
      ObjectiveConfig objective,
      TrainingConfig training,
      TrainingProgress progress) {
    TrainingPlan plan =
        new TrainingPlan(
            data.workerRows(), training.epochs(), training.batchSize(), training.averageEvery());
    MultiLayerConfiguration configuration =
        networks.training(objective, training, plan.totalSteps());
    JavaSparkContext context = JavaSparkContext.fromSparkContext(data.rows().context());
    RoundTask task = new RoundTask(configuration, plan, training.seed());
    Broadcast<RoundTask> fixed = context.broadcast(task);
    try {
      TrainingState end =
          new RoundLoop(
                  plan, (round, start) -> average(context, data, fixed, start, round), progress)
              .run(TrainingState.initial(task.trainer().initial()));
      return new TrainedStudent(
          end.network().parameters(), data.workerRows().size(), plan.totalSteps(), end.loss());
    } finally {
      fixed.destroy();
    }
  }

  private static Contribution average(
      JavaSparkContext context,
      TrainingData data,
      Broadcast<RoundTask> fixed,
      NetworkState state,
      TrainingPlan.Round round) {
    Broadcast<NetworkState> start = context.broadcast(state);
    try {
      JavaPairRDD<Integer, Contribution> contributions =
          JavaPairRDD.fromJavaRDD(
              data.rows()
                  .mapPartitionsWithIndex(
                      (worker, rows) -> steps(fixed, round, worker, rows.next(), start).iterator(),
                      false));
      return new OrderedTreeReduce(FAN_IN).reduce(contributions, data.workerRows().size());
    } finally {
      start.destroy();
    }
  }

  private static List<Tuple2<Integer, Contribution>> steps(
      Broadcast<RoundTask> shared,
      TrainingPlan.Round round,
      int worker,
      PackedRows rows,
      Broadcast<NetworkState> start) {
    // Before the configuration is deserialised, which may load the native library.
    NativeBackend.choose();
    RoundTask task = shared.value();
    if (task.plan().samples(round, worker) == 0) {
      return List.of();
    }
    return List.of(new Tuple2<>(worker, task.trainer().run(round, worker, rows, start.value())));
  }
}
