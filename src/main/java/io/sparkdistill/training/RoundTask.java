package io.sparkdistill.training;

import java.io.Serializable;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import scala.Tuple2;

/**
 * What the tasks of all rounds need and does not change.
 *
 * @param configuration of the network that trains
 * @param plan who does what
 * @param updaters where their state comes from and goes to
 * @param seed of the order of rows
 */
record RoundTask(
    MultiLayerConfiguration configuration, TrainingPlan plan, UpdaterStates updaters, long seed)
    implements Serializable {
  /** What a worker brings back, by its number; nothing if it has no samples in the round. */
  List<Tuple2<Integer, RoundResult>> run(
      TrainingPlan.Round round, int worker, PackedRows rows, WorkerStart start) {
    if (plan.samples(round, worker) == 0) {
      return List.of();
    }
    long begin = System.nanoTime();
    LocalSteps done = new LocalTrainer(configuration, plan, seed).run(round, worker, rows, start);
    RoundResult result = updaters.result(worker, start, done, plan.samples(round));
    return List.of(new Tuple2<>(worker, result.took(System.nanoTime() - begin)));
  }
}
