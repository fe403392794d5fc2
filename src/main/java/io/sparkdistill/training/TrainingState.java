package io.sparkdistill.training;

/**
 * Where a training stands between two rounds: all that going on from there needs.
 *
 * @param rounds that are done, which is also the next round's number
 * @param network the parameters that the next round begins with
 * @param momentum of the outer step; empty if it has none
 * @param loss mean over the samples of the last round, in nats; NaN before the first
 */
@SuppressWarnings("ArrayRecordComponent") // Megabytes: no copies, and none is ever changed.
record TrainingState(int rounds, NetworkState network, float[] momentum, double loss) {
  static TrainingState initial(NetworkState network, OuterStep outer) {
    return new TrainingState(
        0, network, outer.initialMomentum(network.parameters().length), Double.NaN);
  }

  TrainingState after(Contribution average, OuterStep outer) {
    OuterStep.Position next =
        outer.from(
            new OuterStep.Position(network.parameters(), momentum), average.state().parameters());
    return new TrainingState(
        rounds + 1,
        new NetworkState(next.parameters(), average.state().updater()),
        next.momentum(),
        average.lossSum() / average.samples());
  }

  boolean isFinite() {
    return Double.isFinite(loss) && network.isFinite();
  }
}
