package io.sparkdistill.training;

import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.failure.DivergenceException;
import io.sparkdistill.failure.TransientException;
import io.sparkdistill.math.FloatArrays;
import io.sparkdistill.objective.Features;
import io.sparkdistill.objective.GoalPlan;
import io.sparkdistill.objective.Terms;
import io.sparkdistill.student.NativeBackend;
import io.sparkdistill.student.StudentNetworks;
import io.sparkdistill.training.rows.StockBatch;
import io.sparkdistill.training.rows.TrainingData;
import io.sparkdistill.training.rows.TrainingRow;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Deeplearning4j's own ParameterAveragingTrainingMaster on the same rows, for comparison. It
 * averages without weights and orders rows its own way, so its student is another one.
 */
final class StockEngine implements TrainingEngine {
  @Override
  public TrainedStudent train(
      TrainingData data,
      StudentNetworks networks,
      GoalPlan goal,
      TrainingConfig training,
      Checkpoints checkpoints,
      TrainingProgress progress) {
    NativeBackend.choose();
    int workers = data.workerRows().size();
    TrainingPlan plan =
        new TrainingPlan(
            data.workerRows(), training.epochs(), training.batchSize(), training.averageEvery(), 0);
    MultiLayerConfiguration configuration = networks.training(goal, training, plan.totalSteps());
    BatchLimit.of(networks, configuration, Features.none(), data.choice()).require(plan, training);
    ParameterAveragingTrainingMaster master =
        new ParameterAveragingTrainingMaster.Builder(workers, training.batchSize())
            .batchSizePerWorker(training.batchSize())
            .averagingFrequency(training.averageEvery().steps(0))
            .rngSeed(training.seed())
            .saveUpdater(true)
            .rddTrainingApproach(RDDTrainingApproach.Direct)
            .build();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(data.rows().context());
    int batchSize = training.batchSize();
    JavaRDD<DataSet> batches = data.rows().flatMap(rows -> batches(rows.all(), batchSize));
    // The master persists the batches itself.
    SparkDl4jMultiLayer network =
        new SparkDl4jMultiLayer(context, begun(configuration, networks), master);
    try {
      return fit(network, batches, plan, training, checkpoints.stop(), progress);
    } finally {
      batches.unpersist();
    }
  }

  private static MultiLayerNetwork begun(
      MultiLayerConfiguration configuration, StudentNetworks networks) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    networks
        .initial()
        .ifPresent(
            parameters ->
                network.setParams(Nd4j.create(parameters, new long[] {1, parameters.length}, 'c')));
    return network;
  }

  private static TrainedStudent fit(
      SparkDl4jMultiLayer network,
      JavaRDD<DataSet> batches,
      TrainingPlan plan,
      TrainingConfig training,
      BooleanSupplier stop,
      TrainingProgress progress) {
    long rows = plan.workerRows().stream().mapToLong(Integer::longValue).sum();
    RoundLog log = RoundLog.none();
    for (int epoch = 1; epoch <= training.epochs(); epoch++) {
      network.fit(batches);
      requireFinite(network, epoch);
      log =
          log.and(
              new RoundLine(
                  epoch, epoch, rows, network.getScore(), Optional.empty(), Terms.none()));
      progress.averaged(epoch, training.epochs(), epoch, network.getScore());
      if (epoch < training.epochs() && stop.getAsBoolean()) {
        throw new TransientException(
            "Cannot go on training, the process was asked to stop: after epoch "
                + epoch
                + " of "
                + training.epochs()
                + ". Run the same command again, it begins anew: dl4j-spark keeps no checkpoints.");
      }
    }
    return new TrainedStudent(
        parameters(network),
        plan.workerRows().size(),
        plan.totalSteps(),
        network.getScore(),
        log.text());
  }

  /** The score is that of before the last step, which may have been one too many. */
  private static void requireFinite(SparkDl4jMultiLayer network, int epoch) {
    if (!Double.isFinite(network.getScore()) || !FloatArrays.areFinite(parameters(network))) {
      throw new DivergenceException(
          "Cannot go on training, the student is no longer finite after epoch "
              + epoch
              + ": loss "
              + network.getScore()
              + ". Nothing was published; lower training.updater's learningRate.");
    }
  }

  private static float[] parameters(SparkDl4jMultiLayer network) {
    return network.getNetwork().params().dup('c').data().asFloat();
  }

  private static Iterator<DataSet> batches(Iterator<TrainingRow> rows, int batchSize) {
    NativeBackend.choose();
    List<DataSet> batches = new ArrayList<>();
    while (rows.hasNext()) {
      batches.add(StockBatch.next(rows, batchSize));
    }
    return batches.iterator();
  }
}
