package io.sparkdistill.training;

import io.sparkdistill.config.PeriodConfig;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Finds how many steps a round must have so that averaging costs a tenth of the time: everything of
 * a round that is not its slowest worker's steps. Immutable and thread-safe.
 */
final class MeasuredPeriod {
  private static final double STEPS_OVER_AVERAGING = 9;

  private final TrainingPlan plan;

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

  /** What is known with a round, and the period with the last that measures. */
  Probes after(Probes before, TrainingPlan.Round round, RoundResult result, long wallNanos) {
    if (!(plan.period() instanceof PeriodConfig.Auto)
        || round.isWarmUp()
        || round.number() >= probesEnd()) {
      return before;
    }
    Probes known =
        before.and(
            new Probes.Probe(
                Math.max(0, wallNanos - result.nanos()),
                (double) Math.max(1, result.nanos()) / round.steps()));
    return round.number() == probesEnd() - 1 ? Probes.known(period(known.measured())) : known;
  }

  private int probesEnd() {
    return plan.warmUpRounds() + PeriodConfig.Auto.PROBES;
  }

  private int period(List<Probes.Probe> measured) {
    double averaging = median(measured, Probes.Probe::averaging);
    double step = median(measured, Probes.Probe::step);
    double wanted = Math.ceil(STEPS_OVER_AVERAGING * averaging / step);
    // Never shorter than a probe, so that no plan has more rounds than the first one.
    return (int) Math.max(PeriodConfig.Auto.PROBE_STEPS, Math.min(wanted, plan.stepsPerEpoch()));
  }

  /** The first rounds are slow for reasons of their own. */
  private static double median(List<Probes.Probe> measured, ToDoubleFunction<Probes.Probe> time) {
    return measured.stream().mapToDouble(time).sorted().toArray()[measured.size() / 2];
  }
}
