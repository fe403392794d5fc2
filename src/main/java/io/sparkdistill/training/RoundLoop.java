package io.sparkdistill.training;

import io.sparkdistill.failure.DivergenceException;
import java.util.List;

/** What the driver does with the rounds of a training, in order, without Spark. */
final class RoundLoop {
  private final List<TrainingPlan.Round> rounds;
  private final Workers workers;
  private final Place place;
  private final TrainingProgress progress;

  RoundLoop(TrainingPlan plan, Workers workers, Place place, TrainingProgress progress) {
    this.rounds = plan.rounds();
    this.workers = workers;
    this.place = place;
    this.progress = progress;
  }

  /** Takes the local steps of one round on all workers and averages them. */
  interface Workers {
    Contribution average(TrainingPlan.Round round, NetworkState start);
  }

  TrainingState run(TrainingState initial) {
    TrainingState state = place.resumed(initial);
    while (state.rounds() < rounds.size()) {
      TrainingPlan.Round round = rounds.get(state.rounds());
      state = state.after(workers.average(round, state.network()));
      if (!state.isFinite()) {
        throw diverged(state);
      }
      progress.averaged(state.rounds(), rounds.size(), round.epoch() + 1, state.loss());
      if (state.rounds() < rounds.size()) {
        place.reached(state);
      }
    }
    return state;
  }

  private DivergenceException diverged(TrainingState state) {
    return new DivergenceException(
        "Cannot go on training, the student is no longer finite after round "
            + state.rounds()
            + " of "
            + rounds.size()
            + ": loss "
            + state.loss()
            + ". Nothing was published"
            + place.kept()
            + "; lower training.updater's learningRate.");
  }
}
