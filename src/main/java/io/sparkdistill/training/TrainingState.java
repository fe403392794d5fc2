package io.sparkdistill.training;

/**
 * Where a training stands between two rounds: all that going on from there needs.
 *
 * @param rounds that are done, which is also the next round's number
 * @param network the average after them
 * @param loss mean over the samples of the last round, in nats; NaN before the first
 */
record TrainingState(int rounds, NetworkState network, double loss) {
  static TrainingState initial(NetworkState network) {
    return new TrainingState(0, network, Double.NaN);
  }

  TrainingState after(Contribution average) {
    return new TrainingState(rounds + 1, average.state(), average.lossSum() / average.samples());
  }

  boolean isFinite() {
    return Double.isFinite(loss) && network.isFinite();
  }
}
