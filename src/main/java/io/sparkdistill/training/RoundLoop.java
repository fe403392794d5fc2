package io.sparkdistill.training;

import io.sparkdistill.failure.DivergenceException;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/** What the driver does with the rounds of a training, in order, without Spark. */
final class RoundLoop {
  private final MeasuredPeriod period;
  private final Workers workers;
  private final OuterStep outer;
  private final TrainingProgress progress;
  private final LongSupplier nanos;

  RoundLoop(TrainingPlan plan, Workers workers, OuterStep outer, TrainingProgress progress) {
    this(plan, workers, outer, progress, System::nanoTime);
  }

  /** With a clock of nanoseconds, which begins anywhere. */
  RoundLoop(
      TrainingPlan plan,
      Workers workers,
      OuterStep outer,
      TrainingProgress progress,
      LongSupplier nanos) {
    this.period = new MeasuredPeriod(plan);
    this.workers = workers;
    this.outer = outer;
    this.progress = progress;
    this.nanos = nanos;
  }

  /** Takes the local steps of one round on all workers and averages them. */
  interface Workers {
    RoundResult run(TrainingPlan.Round round, TrainingState from);
  }

  TrainingState run(TrainingState from) {
    TrainingState state = from;
    List<TrainingPlan.Round> rounds = period.plan(state).rounds();
    while (state.rounds() < rounds.size()) {
      TrainingPlan.Round round = rounds.get(state.rounds());
      long begin = nanos.getAsLong();
      RoundResult result = workers.run(round, state);
      state = state.after(result, round.isWarmUp() ? OuterStep.mean() : outer);
      if (!state.isFinite()) {
        throw diverged(state, rounds.size());
      }
      OptionalInt measured = period.after(round, result, nanos.getAsLong() - begin);
      if (measured.isPresent()) {
        state = state.withPeriod(measured.getAsInt());
        rounds = period.plan(state).rounds();
      }
      progress.averaged(
          state.rounds(), rounds.size(), Math.max(0, round.epoch() + 1), state.loss());
    }
    return state;
  }

  private static DivergenceException diverged(TrainingState state, int rounds) {
    return new DivergenceException(
        "Cannot go on training, the student is no longer finite after round "
            + state.rounds()
            + " of "
            + rounds
            + ": loss "
            + state.loss()
            + ". Nothing was published; lower training.updater's learningRate.");
  }
}
