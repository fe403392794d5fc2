package io.sparkdistill.training;

import io.sparkdistill.objective.Features;
import io.sparkdistill.training.rows.RowOrder;
import io.sparkdistill.training.rows.RowSource;
import io.sparkdistill.training.rows.TeacherChoice;
import java.io.Serializable;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import scala.Tuple2;

/**
 * What the tasks of all rounds need and does not change: sent to each JVM once, where it keeps the
 * networks between rounds. Thread-safe.
 */
final class RoundTask implements Serializable {
  private static final long serialVersionUID = 1L;

  private final MultiLayerConfiguration configuration;
  private final TrainingPlan plan;
  private final UpdaterStates updaters;
  private final RowOrder order;
  private final InputChanges changes;
  private final TeacherChoice choice;
  private final double clipNorm;
  private final Features features;
  private final Handover handover = new Handover.Here();
  private transient LocalTrainer trainer;

  RoundTask(
      MultiLayerConfiguration configuration,
      TrainingPlan plan,
      UpdaterStates updaters,
      RowOrder order,
      InputChanges changes,
      TeacherChoice choice,
      double clipNorm,
      Features features) {
    this.configuration = configuration;
    this.plan = plan;
    this.updaters = updaters;
    this.order = order;
    this.changes = changes;
    this.choice = choice;
    this.clipNorm = clipNorm;
    this.features = features;
  }

  MultiLayerConfiguration configuration() {
    return configuration;
  }

  long samples(TrainingPlan.Round round) {
    return plan.samples(round);
  }

  UpdaterStates updaters() {
    return updaters;
  }

  Handover handover() {
    return handover;
  }

  /** What a worker brings back, by its number; nothing if it has no samples in the round. */
  List<Tuple2<Integer, RoundResult>> run(
      TrainingPlan.Round round, int worker, RowSource rows, WorkerStart start) {
    if (plan.samples(round, worker) == 0) {
      return List.of();
    }
    long begin = System.nanoTime();
    LocalSteps done = trainer().run(round, worker, rows, start);
    RoundResult result = updaters.result(worker, start, done, plan.samples(round));
    return List.of(
        new Tuple2<>(worker, result.took(worker, System.nanoTime() - begin).with(done.terms())));
  }

  private synchronized LocalTrainer trainer() {
    if (trainer == null) {
      trainer =
          new LocalTrainer(
              new NetworkPool(configuration, clipNorm, features), plan, order, changes, choice);
    }
    return trainer;
  }
}
