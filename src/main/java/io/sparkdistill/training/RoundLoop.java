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
  private final Validation validation;
  private final double explodedLoss;
  private final LongSupplier nanos;
  private final TrainingPlan plan;

  /**
   * A loop.
   *
   * @param nanos a clock, which begins anywhere
   */
  RoundLoop(
      TrainingPlan plan,
      Workers workers,
      OuterStep outer,
      Validation validation,
      double explodedLoss,
      TrainingProgress progress,
      LongSupplier nanos) {
    this.plan = plan;
    this.period = new MeasuredPeriod(plan);
    this.workers = workers;
    this.outer = outer;
    this.validation = validation;
    this.explodedLoss = explodedLoss;
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
    while (state.rounds() < rounds.size() && !validation.ends(state)) {
      TrainingPlan.Round round = rounds.get(state.rounds());
      long begin = nanos.getAsLong();
      RoundResult result = workers.run(round, state);
      long wall = nanos.getAsLong() - begin;
      state = state.after(result, round.isWarmUp() ? OuterStep.mean() : outer);
      if (!state.isFinite()) {
        throw diverged(state, rounds.size());
      }
      if (state.losses().exploded(state.loss(), explodedLoss)) {
        throw exploded(state, rounds.size());
      }
      if (plan.endsEpoch(round) && !round.isWarmUp()) {
        state = validation.afterEpoch(state);
      }
      OptionalInt measured = period.after(round, result, wall);
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

  private DivergenceException exploded(TrainingState state, int rounds) {
    return new DivergenceException(
        "Cannot go on training, the loss is more than "
            + explodedLoss
            + " times the lowest, "
            + state.losses().lowest()
            + ", after round "
            + state.rounds()
            + " of "
            + rounds
            + ": "
            + state.loss()
            + ". Nothing was published; lower training.updater's learningRate, or raise"
            + " training.explodedLoss.");
  }
}
