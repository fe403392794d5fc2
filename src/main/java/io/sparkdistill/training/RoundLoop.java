package io.sparkdistill.training;

import io.sparkdistill.failure.DivergenceException;
import java.util.List;

/** What the driver does with the rounds of a training, in order, without Spark. */
final class RoundLoop {
  private final List<TrainingPlan.Round> rounds;
  private final Workers workers;
  private final OuterStep outer;
  private final TrainingProgress progress;

  RoundLoop(TrainingPlan plan, Workers workers, OuterStep outer, TrainingProgress progress) {
    this.rounds = plan.rounds();
    this.workers = workers;
    this.outer = outer;
    this.progress = progress;
  }

  /** Takes the local steps of one round on all workers and averages them. */
  interface Workers {
    RoundResult run(TrainingPlan.Round round, TrainingState from);
  }

  TrainingState run(TrainingState from) {
    TrainingState state = from;
    while (state.rounds() < rounds.size()) {
      TrainingPlan.Round round = rounds.get(state.rounds());
      state = state.after(workers.run(round, state), outer);
      if (!state.isFinite()) {
        throw diverged(state);
      }
      progress.averaged(state.rounds(), rounds.size(), round.epoch() + 1, state.loss());
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
            + ". Nothing was published; lower training.updater's learningRate.");
  }
}
