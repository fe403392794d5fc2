package io.sparkdistill.training;

import io.sparkdistill.layers.Step;
import io.sparkdistill.layers.TrainingNetwork;
import io.sparkdistill.math.SplitMix64;
import io.sparkdistill.objective.Terms;
import io.sparkdistill.training.rows.RowOrder;
import io.sparkdistill.training.rows.RowSource;
import io.sparkdistill.training.rows.Rows;
import io.sparkdistill.training.rows.TeacherChoice;
import java.util.concurrent.CancellationException;

/**
 * A worker's local steps of one round, without Spark: a pure function of its arguments, so that a
 * task that is tried again gives the same. Thread-safe.
 */
final class LocalTrainer {
  private final NetworkPool networks;
  private final TrainingPlan plan;
  private final RowOrder order;
  private final InputChanges changes;
  private final TeacherChoice choice;

  LocalTrainer(
      NetworkPool networks,
      TrainingPlan plan,
      RowOrder order,
      InputChanges changes,
      TeacherChoice choice) {
    this.networks = networks;
    this.plan = plan;
    this.order = order;
    this.changes = changes;
    this.choice = choice;
  }

  /** A trainer that shows rows as they are, with one answer each. */
  LocalTrainer(NetworkPool networks, TrainingPlan plan, RowOrder order) {
    this(networks, plan, order, InputChanges.none(), TeacherChoice.none());
  }

  /** Takes the steps of a round; the worker must have samples in it. */
  LocalSteps run(TrainingPlan.Round round, int worker, RowSource rows, WorkerStart start) {
    int[] places = plan.places(round, worker, order);
    return rows.read(places, lent -> run(round, worker, places, lent, start));
  }

  private LocalSteps run(
      TrainingPlan.Round round, int worker, int[] places, Rows rows, WorkerStart start) {
    TrainingNetwork network = networks.take();
    network.load(start.network().parameters(), start.network().updater());
    long draws = SplitMix64.mixed(SplitMix64.mixed(round.number() + 1L) + worker);
    InputChange change = changes.of(rows.width());
    double lossSum = 0;
    int steps = 0;
    try (BatchBuffers buffers = new BatchBuffers(rows, Math.min(plan.batchSize(), places.length))) {
      for (int first = 0; first < places.length; first += plan.batchSize()) {
        if (Thread.currentThread().isInterrupted()) {
          throw new CancellationException("The round went on without this worker");
        }
        int count = Math.min(plan.batchSize(), places.length - first);
        buffers.fill(places, first, first + count);
        Step step =
            new Step(plan.globalStep(round, worker, steps), start.updates() + steps, draws + steps);
        buffers.change(change, count, step);
        float[] targets = choice.of(buffers.targets(count), count, step);
        lossSum += network.step(buffers.features(count), targets, buffers.tensors(count), step);
        steps++;
      }
    }
    NetworkState reached = NetworkState.of(network);
    Terms terms = network.terms();
    networks.giveBack(network);
    return new LocalSteps(reached, steps, places.length, lossSum, terms);
  }
}
