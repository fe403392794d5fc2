package io.sparkdistill.training;

import io.sparkdistill.config.RoundsConfig.UpdaterState;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Where the state of a worker's updater comes from when a round begins, and goes to when it ends.
 *
 * @param kind the choice
 * @param length numbers of one worker's state
 */
record UpdaterStates(UpdaterState kind, int length) implements Serializable {
  private static final float[] NOTHING = new float[0];

  /** What all workers share before the first round. */
  NetworkState shared(NetworkState initial) {
    return kind == UpdaterState.AVERAGE ? initial : new NetworkState(initial.parameters(), NOTHING);
  }

  /** What each worker has of its own before the first round. */
  List<WorkerUpdater> own(int workers) {
    return kind == UpdaterState.LOCAL
        ? Collections.nCopies(workers, new WorkerUpdater(new float[length], 0))
        : List.of();
  }

  /** What a worker begins with that keeps nothing of its own. */
  WorkerStart start(NetworkState shared, TrainingPlan.Round round) {
    return kind == UpdaterState.AVERAGE
        ? WorkerStart.averaged(shared, round)
        : start(shared, new WorkerUpdater(new float[length], 0));
  }

  WorkerStart start(NetworkState shared, WorkerUpdater own) {
    return new WorkerStart(new NetworkState(shared.parameters(), own.state()), own.updates());
  }

  /** What one worker sends to the driver. */
  RoundResult result(int worker, WorkerStart start, LocalSteps done, long ofSamples) {
    if (kind == UpdaterState.AVERAGE) {
      return RoundResult.of(done.weighted(ofSamples));
    }
    NetworkState end = done.end();
    Contribution parameters =
        new LocalSteps(
                new NetworkState(end.parameters(), NOTHING),
                done.steps(),
                done.samples(),
                done.lossSum(),
                done.terms())
            .weighted(ofSamples);
    return kind == UpdaterState.RESET
        ? RoundResult.of(parameters)
        : new RoundResult(
            parameters,
            Map.of(worker, new WorkerUpdater(end.updater(), start.updates() + done.steps())),
            Map.of());
  }
}
