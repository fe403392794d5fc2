package io.sparkdistill.training;

import java.util.Map;

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

  /** What {@link #saved} gave; the names must be there. */
  static TrainingState of(SavedState saved) {
    return new TrainingState(
        Integer.parseInt(saved.values().get("rounds")),
        new NetworkState(saved.arrays().get("parameters"), saved.arrays().get("updater")),
        Double.parseDouble(saved.values().get("loss")));
  }

  /** All of it, for a checkpoint. */
  SavedState saved() {
    return SavedState.of(
        Map.of("parameters", network.parameters(), "updater", network.updater()),
        Map.of("rounds", Integer.toString(rounds), "loss", Double.toString(loss)));
  }

  TrainingState after(Contribution average) {
    return new TrainingState(rounds + 1, average.state(), average.lossSum() / average.samples());
  }

  boolean isFinite() {
    return Double.isFinite(loss) && network.isFinite();
  }
}
