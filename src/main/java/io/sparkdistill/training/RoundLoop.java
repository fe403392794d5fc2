package io.sparkdistill.training;

import io.sparkdistill.failure.DivergenceException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** What the driver does with the rounds of a training, in order, without Spark. */
final class RoundLoop {
  private final TrainingPlan plan;
  private final MeasuredPeriod period;
  private final Workers workers;
  private final Rules rules;
  private final Place place;
  private final TrainingProgress progress;
  private final LongSupplier nanos;

  /**
   * A loop.
   *
   * @param nanos a clock, which begins anywhere
   */
  RoundLoop(
      TrainingPlan plan,
      Workers workers,
      Rules rules,
      Place place,
      TrainingProgress progress,
      LongSupplier nanos) {
    this.plan = plan;
    this.period = new MeasuredPeriod(plan);
    this.workers = workers;
    this.rules = rules;
    this.place = place;
    this.progress = progress;
    this.nanos = nanos;
  }

  /** Takes the local steps of one round on all workers and averages them. */
  interface Workers {
    RoundResult run(TrainingPlan.Round round, TrainingState from);
  }

  TrainingState run(TrainingState initial) {
    TrainingState state = place.resumed(initial);
    List<TrainingPlan.Round> rounds = period.plan(state).rounds();
    while (goesOn(state, rounds)) {
      TrainingPlan.Round round = state.paces().share(rounds.get(state.rounds()), plan);
      long begin = nanos.getAsLong();
      RoundResult result = workers.run(round, state);
      Probes probes = period.after(state.probes(), round, result, nanos.getAsLong() - begin);
      state =
          state
              .after(result, round.isWarmUp() ? OuterStep.mean() : rules.outer())
              .with(state.paces().after(round, plan, result.nanosOf()));
      String when = " after round " + state.rounds() + " of " + rounds.size();
      requireFinite(state, when);
      if (!period.plan(state).isCutShort(round)) {
        state = state.withItsLoss();
        requireNear(state, when);
      }
      Optional<HeldOutScore> heldOut = heldOut(round, state);
      if (heldOut.isPresent()) {
        state = rules.validation().afterEpoch(state, heldOut.get());
      }
      if (!probes.equals(state.probes())) {
        state = state.with(probes);
        rounds = period.plan(state).rounds();
      }
      int epoch = Math.max(0, round.epoch() + 1);
      state =
          state.with(
              state
                  .log()
                  .and(
                      new RoundLine(
                          state.rounds(),
                          epoch,
                          result.sum().samples(),
                          state.loss(),
                          heldOut,
                          result.terms())));
      progress.terms(state.rounds(), result.terms());
      progress.averaged(state.rounds(), rounds.size(), epoch, state.loss());
      if (goesOn(state, rounds)) {
        place.reached(state);
      }
    }
    return state;
  }

  private Optional<HeldOutScore> heldOut(TrainingPlan.Round round, TrainingState state) {
    return plan.endsEpoch(round) && !round.isWarmUp()
        ? rules.validation().score(state)
        : Optional.empty();
  }

  private boolean goesOn(TrainingState state, List<TrainingPlan.Round> rounds) {
    return state.rounds() < rounds.size() && !rules.validation().ends(state);
  }

  private void requireFinite(TrainingState state, String when) {
    if (!state.isFinite()) {
      throw new DivergenceException(
          "Cannot go on training, the student is no longer finite"
              + when
              + ": loss "
              + state.loss()
              + ". Nothing was published"
              + place.kept()
              + "; lower training.updater's learningRate.");
    }
  }

  private void requireNear(TrainingState state, String when) {
    if (state.losses().exploded(state.loss(), rules.explodedLoss())) {
      throw new DivergenceException(
          "Cannot go on training, the loss is more than "
              + rules.explodedLoss()
              + " times the lowest, "
              + state.losses().lowest()
              + ","
              + when
              + ": "
              + state.loss()
              + ". Nothing was published"
              + place.kept()
              + "; lower training.updater's learningRate, or raise training.explodedLoss.");
    }
  }
}
