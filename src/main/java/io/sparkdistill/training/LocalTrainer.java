package io.sparkdistill.training;

import io.sparkdistill.layers.Step;
import io.sparkdistill.layers.TrainingNetwork;

/**
 * A worker's local steps of one round, without Spark: a pure function of its arguments, so that a
 * task that is tried again gives the same. Thread-safe.
 */
final class LocalTrainer {
  private final NetworkPool networks;
  private final TrainingPlan plan;
  private final long seed;

  LocalTrainer(NetworkPool networks, TrainingPlan plan, long seed) {
    this.networks = networks;
    this.plan = plan;
    this.seed = seed;
  }

  /** The state that training starts from: seeded weights, an updater that has seen nothing. */
  NetworkState initial() {
    TrainingNetwork network = networks.fresh();
    return new NetworkState(network.parameters(), network.updaterState());
  }

  /** Takes the steps of a round; the worker must have samples in it. */
  Contribution run(TrainingPlan.Round round, int worker, PackedRows rows, NetworkState start) {
    TrainingNetwork network = networks.take();
    network.load(start.parameters(), start.updater());
    int[] order = EpochOrder.of(rows.rows(), seed, round.epoch(), worker);
    int from = plan.firstRow(round, worker);
    int end = plan.endRow(round, worker);
    double lossSum = 0;
    int step = round.globalStep();
    try (BatchBuffers buffers = new BatchBuffers(rows, plan.batchSize())) {
      for (int first = from; first < end; first += plan.batchSize()) {
        int count = Math.min(plan.batchSize(), end - first);
        buffers.fill(order, first, first + count);
        lossSum +=
            network.step(buffers.features(count), buffers.targets(count), new Step(step, step));
        step++;
      }
    }
    Contribution result =
        Contribution.weighted(
            new NetworkState(network.parameters(), network.updaterState()),
            end - from,
            plan.samples(round),
            lossSum);
    networks.giveBack(network);
    return result;
  }
}
