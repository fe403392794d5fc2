package io.sparkdistill.training;

import java.util.List;

/**
 * Where a training stands between two rounds: all that going on from there needs.
 *
 * @param rounds that are done, which is also the next round's number
 * @param network what all workers begin the next round with
 * @param updaters what each worker begins it with beside that; empty if nothing
 * @param momentum of the outer step; empty if it has none
 * @param probes what was measured to find how many steps a round has, where that is measured
 * @param best of the students so far, where some rows are held out
 * @param losses of the rounds so far
 * @param paces of the workers, where steps are shared by them
 * @param loss mean over the samples of the last round, in nats; NaN before the first
 * @param log what was written about the rounds so far
 */
@SuppressWarnings("ArrayRecordComponent") // Megabytes: no copies, and none is ever changed.
record TrainingState(
    int rounds,
    NetworkState network,
    List<WorkerUpdater> updaters,
    float[] momentum,
    Probes probes,
    Best best,
    Losses losses,
    Paces paces,
    double loss,
    RoundLog log) {
  /** Before the first round. */
  static TrainingState initial(
      NetworkState network, List<WorkerUpdater> updaters, OuterStep outer) {
    return new TrainingState(
        0,
        network,
        updaters,
        outer.initialMomentum(network.parameters().length),
        Probes.none(),
        Best.none(),
        Losses.none(),
        Paces.none(),
        Double.NaN,
        RoundLog.none());
  }

  TrainingState after(RoundResult result, OuterStep outer) {
    Contribution sum = result.sum();
    double mean = sum.lossSum() / sum.samples();
    OuterStep.Position next =
        outer.from(
            new OuterStep.Position(network.parameters(), momentum), sum.state().parameters());
    return new TrainingState(
        rounds + 1,
        new NetworkState(next.parameters(), sum.state().updater()),
        result.updatersAfter(updaters),
        next.momentum(),
        probes,
        best,
        losses,
        paces,
        mean,
        log);
  }

  TrainingState with(Probes newProbes) {
    return new TrainingState(
        rounds, network, updaters, momentum, newProbes, best, losses, paces, loss, log);
  }

  TrainingState with(Best newBest) {
    return new TrainingState(
        rounds, network, updaters, momentum, probes, newBest, losses, paces, loss, log);
  }

  /** The last round's loss is one that later ones are compared with. */
  TrainingState withItsLoss() {
    return new TrainingState(
        rounds, network, updaters, momentum, probes, best, losses.and(loss), paces, loss, log);
  }

  TrainingState with(Paces newPaces) {
    return new TrainingState(
        rounds, network, updaters, momentum, probes, best, losses, newPaces, loss, log);
  }

  TrainingState with(RoundLog longer) {
    return new TrainingState(
        rounds, network, updaters, momentum, probes, best, losses, paces, loss, longer);
  }

  /** Steps of a round, where they were measured; 0 where not. */
  int period() {
    return probes.period();
  }

  /**
   * What {@link #saved} gave.
   *
   * @throws io.sparkdistill.failure.IntegrityException if a value is not there, or no number
   */
  static TrainingState of(SavedState saved) {
    return StateNames.read(saved);
  }

  /** All of it, for a checkpoint. */
  SavedState saved() {
    return StateNames.write(this);
  }

  boolean isFinite() {
    return Double.isFinite(loss) && network.isFinite();
  }
}
