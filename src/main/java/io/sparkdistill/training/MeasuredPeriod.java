package io.sparkdistill.training;

import io.sparkdistill.config.PeriodConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Finds how many steps a round must have so that averaging costs a tenth of the time: everything of
 * a round that is not its slowest worker's steps. Not thread-safe.
 */
final class MeasuredPeriod {
  private static final double STEPS_OVER_AVERAGING = 9;

  private final TrainingPlan plan;
  private final List<Double> averaging = new ArrayList<>();
  private final List<Double> steps = new ArrayList<>();

  MeasuredPeriod(TrainingPlan plan) {
    this.plan = plan;
  }

  /** The plan with what was measured, if it was. */
  TrainingPlan plan(TrainingState state) {
    return state.period() == 0
        ? plan
        : new TrainingPlan(
            plan.workerRows(),
            plan.epochs(),
            plan.batchSize(),
            new PeriodConfig.Auto(probesEnd(), state.period()),
            plan.warmUpRounds());
  }

  /** Takes notice of a round; gives the period when it was the last that measures. */
  OptionalInt after(TrainingPlan.Round round, RoundResult result, long wallNanos) {
    if (!(plan.period() instanceof PeriodConfig.Auto)
        || round.isWarmUp()
        || round.number() >= probesEnd()) {
      return OptionalInt.empty();
    }
    averaging.add((double) Math.max(0, wallNanos - result.nanos()));
    steps.add((double) Math.max(1, result.nanos()) / round.steps());
    return round.number() == probesEnd() - 1 ? OptionalInt.of(period()) : OptionalInt.empty();
  }

  private int probesEnd() {
    return plan.warmUpRounds() + PeriodConfig.Auto.PROBES;
  }

  private int period() {
    double wanted = Math.ceil(STEPS_OVER_AVERAGING * median(averaging) / median(steps));
    // Never shorter than a probe, so that no plan has more rounds than the first one.
    return (int) Math.max(PeriodConfig.Auto.PROBE_STEPS, Math.min(wanted, plan.stepsPerEpoch()));
  }

  /** The first rounds are slow for reasons of their own. */
  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
