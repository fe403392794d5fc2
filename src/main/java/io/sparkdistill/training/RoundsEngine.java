package io.sparkdistill.training;

import io.sparkdistill.config.RoundsConfig;
import io.sparkdistill.config.RoundsConfig.Shuffle;
import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.layers.TrainingNetwork;
import io.sparkdistill.math.FloatArrays;
import io.sparkdistill.objective.Features;
import io.sparkdistill.objective.GoalPlan;
import io.sparkdistill.student.BatchStatistics;
import io.sparkdistill.student.NormLimits;
import io.sparkdistill.student.StudentNetworks;
import io.sparkdistill.training.rows.RowOrder;
import io.sparkdistill.training.rows.TrainingData;
import io.sparkdistill.training.rows.WorkerRows;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;

/** This project's own averaging: one Spark job a round, weighted by samples, repeatable. */
final class RoundsEngine implements TrainingEngine {
  @Override
  public TrainedStudent train(
      TrainingData data,
      StudentNetworks networks,
      GoalPlan goal,
      TrainingConfig training,
      Checkpoints checkpoints,
      TrainingProgress progress) {
    try (WorkerRows rows = rows(data, training)) {
      return train(data, rows, networks, goal, training, checkpoints, progress);
    }
  }

  /** The updater begins anew also where the parameters do not. */
  private static WorkerRows rows(TrainingData data, TrainingConfig training) {
    return training.rounds().shuffle() == Shuffle.EPOCH
        ? WorkerRows.dealt(data, training.seed())
        : WorkerRows.fixed(data);
  }

  private static TrainedStudent train(
      TrainingData data,
      WorkerRows rows,
      StudentNetworks networks,
      GoalPlan goal,
      TrainingConfig training,
      Checkpoints checkpoints,
      TrainingProgress progress) {
    RoundsConfig rounds = training.rounds();
    TrainingPlan plan =
        new TrainingPlan(
            rows.counts(),
            training.epochs(),
            training.batchSize(),
            training.averageEvery(),
            rounds.warmUpRounds());
    MultiLayerConfiguration configuration = networks.training(goal, training, plan.totalSteps());
    Features features = data.features();
    BatchLimit.of(networks, configuration, features, data.choice()).require(plan, training);
    InputChanges changes = new InputChanges(rounds.augmentation(), training.seed());
    // Refuses here what no task could do.
    changes.of(networks.width());
    RowOrder order = RowOrder.of(rounds.shuffle(), training.seed());
    double clipNorm = rounds.limits().clipNorm();
    NetworkState first = first(TrainingNetwork.of(configuration, clipNorm, features), networks);
    int parameters = first.parameters().length - features.parameters();
    UpdaterStates updaters = new UpdaterStates(rounds.updaterState(), first.updater().length);
    OuterStep outer =
        new OuterStep(
            rounds.outer(), BatchStatistics.of(configuration), NormLimits.of(configuration));
    JavaSparkContext context = JavaSparkContext.fromSparkContext(data.rows().context());
    int workers = rows.counts().size();
    if (!RoundJob.isHandedOver(context, workers, rounds.patience())) {
      DriverTraffic.of(first.parameters().length, updaters, workers, rounds.patience())
          .requireAllowed(context.getConf());
    }
    Broadcast<RoundTask> task =
        context.broadcast(
            new RoundTask(
                configuration, plan, updaters, order, changes, data.choice(), clipNorm, features));
    try {
      Validation validation =
          data.heldOut()
              .map(held -> new HeldOutLoss(context, held, task))
              .map(judge -> new Validation(rounds.validation(), judge.ofFirst(parameters)))
              .orElseGet(Validation::none);
      TrainingState end =
          new RoundLoop(
                  plan,
                  new RoundJob(context, rows, task, rounds.patience()),
                  new Rules(outer, validation, rounds.limits().explodedLoss()),
                  checkpoints.of(plan),
                  progress,
                  System::nanoTime)
              .run(
                  TrainingState.initial(updaters.shared(first), updaters.own(workers), outer)
                      .with(Paces.of(rounds.localSteps(), workers)));
      return new TrainedStudent(
          FloatArrays.first(validation.chosen(end), parameters),
          workers,
          new MeasuredPeriod(plan).plan(end).stepsOf(end.rounds()),
          end.loss(),
          end.log().text());
    } finally {
      task.destroy();
    }
  }

  /** What training begins with: regressors with their own first weights, in any case. */
  private static NetworkState first(TrainingNetwork network, StudentNetworks networks) {
    networks
        .initial()
        .ifPresent(
            student -> {
              float[] parameters = network.parameters();
              System.arraycopy(student, 0, parameters, 0, student.length);
              network.load(parameters, new float[0]);
            });
    return NetworkState.of(network);
  }
}
