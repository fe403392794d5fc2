package io.sparkdistill.training;

import io.sparkdistill.layers.Step;
import io.sparkdistill.layers.TrainingNetwork;
import io.sparkdistill.objective.Terms;
import java.util.concurrent.CancellationException;

/**
 * A worker's local steps of one round, without Spark: a pure function of its arguments, so that a
 * task that is tried again gives the same. Thread-safe.
 */
final class LocalTrainer {
  private final NetworkPool networks;
  private final TrainingPlan plan;
  private final RowOrder order;

  LocalTrainer(NetworkPool networks, TrainingPlan plan, RowOrder order) {
    this.networks = networks;
    this.plan = plan;
    this.order = order;
  }

  /** Takes the steps of a round; the worker must have samples in it. */
  LocalSteps run(TrainingPlan.Round round, int worker, PackedRows rows, WorkerStart start) {
    TrainingNetwork network = networks.take();
    network.load(start.network().parameters(), start.network().updater());
    int[] places = order.of(rows.rows(), round.epoch(), worker);
    int from = plan.firstRow(round, worker);
    int end = plan.endRow(round, worker);
    double lossSum = 0;
    int steps = 0;
    try (BatchBuffers buffers = new BatchBuffers(rows, plan.batchSize())) {
      for (int first = from; first < end; first += plan.batchSize()) {
        if (Thread.currentThread().isInterrupted()) {
          throw new CancellationException("The round went on without this worker");
        }
        int count = Math.min(plan.batchSize(), end - first);
        buffers.fill(places, first, first + count);
        Step step = new Step(round.globalStep() + steps, start.updates() + steps);
        lossSum += network.step(buffers.features(count), buffers.targets(count), step);
        steps++;
      }
    }
    NetworkState reached = NetworkState.of(network);
    Terms terms = network.terms();
    networks.giveBack(network);
    return new LocalSteps(reached, steps, end - from, lossSum, terms);
  }
}
