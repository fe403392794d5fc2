package io.sparkdistill.training;

import io.sparkdistill.student.FlatAdam;
import io.sparkdistill.student.NativeBackend;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A worker's local steps of one round, without Spark: a pure function of its arguments, so that a
 * task that is tried again gives the same.
 */
final class LocalTrainer {
  private final MultiLayerConfiguration configuration;
  private final TrainingPlan plan;
  private final long seed;

  LocalTrainer(MultiLayerConfiguration configuration, TrainingPlan plan, long seed) {
    this.configuration = configuration;
    this.plan = plan;
    this.seed = seed;
  }

  /** The state that training starts from: seeded weights, an updater that has seen nothing. */
  static NetworkState initial(MultiLayerConfiguration configuration) {
    NativeBackend.choose();
    MultiLayerNetwork network = new MultiLayerNetwork(configuration.clone());
    network.init();
    return state(network);
  }

  /** Takes the steps of a round; the worker must have samples in it. */
  LocalSteps run(TrainingPlan.Round round, int worker, PackedRows rows, WorkerStart start) {
    NativeBackend.choose();
    MultiLayerNetwork network = network(start, round.globalStep());
    int[] order = EpochOrder.of(rows.rows(), seed, round.epoch(), worker);
    int from = plan.firstRow(round, worker);
    int end = plan.endRow(round, worker);
    double lossSum = 0;
    int steps = 0;
    try (BatchBuffers buffers = new BatchBuffers(rows, plan.batchSize())) {
      for (int first = from; first < end; first += plan.batchSize()) {
        int count = Math.min(plan.batchSize(), end - first);
        buffers.fill(order, first, first + count);
        network.fit(buffers.features(count), buffers.targets(count));
        lossSum += network.score() * count;
        steps++;
      }
    }
    return new LocalSteps(state(network), steps, end - from, lossSum);
  }

  private MultiLayerNetwork network(WorkerStart start, int globalStep) {
    MultiLayerConfiguration own = configuration.clone();
    own.setIterationCount(globalStep);
    for (NeuralNetConfiguration layer : own.getConfs()) {
      if (layer.getLayer() instanceof BaseLayer base
          && base.getIUpdater() instanceof FlatAdam adam) {
        // A copied configuration shares its updaters with the one of other tasks.
        FlatAdam ownAdam = adam.clone();
        ownAdam.forgetSteps(globalStep - start.updates());
        base.setIUpdater(ownAdam);
      }
    }
    MultiLayerNetwork network = new MultiLayerNetwork(own);
    network.init(row(start.network().parameters()), false);
    if (start.network().updater().length > 0) {
      network.getUpdater().setStateViewArray(network, row(start.network().updater()), false);
    }
    return network;
  }

  private static INDArray row(float[] values) {
    return Nd4j.create(values, new long[] {1, values.length}, 'c');
  }

  private static NetworkState state(MultiLayerNetwork network) {
    INDArray updater = network.getUpdater().getStateViewArray();
    return new NetworkState(
        network.params().dup('c').data().asFloat(),
        updater == null ? new float[0] : updater.dup('c').data().asFloat());
  }
}
