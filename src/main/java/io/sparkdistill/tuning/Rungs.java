package io.sparkdistill.tuning;

import io.sparkdistill.config.TuningConfig.Halving;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How many trials train for how many epochs. With R epochs, n trials, and the factor η, the rungs
 * have R/η<sup>s</sup>, …, R/η, R epochs and n, n/η, …, n/η<sup>s</sup> trials, rounded: one
 * bracket of Li and others, "Hyperband: a novel bandit-based approach to hyperparameter
 * optimization", 2018, section 3. There are so many rungs that the first has at least the least
 * number of epochs and the last at least one trial.
 */
final class Rungs {
  private Rungs() {}

  /**
   * One step.
   *
   * @param epochs of each training
   * @param trials that are trained
   */
  record Rung(int epochs, int trials) {}

  /** Whether many trials would get a rung before the last. */
  static boolean isHalved(int epochs, Halving halving) {
    return of(halving.factor(), epochs, halving).size() > 1;
  }

  static List<Rung> of(int trials, int epochs, Halving halving) {
    List<Integer> lengths = new ArrayList<>(List.of(epochs));
    double share = 1;
    while (halving.minEpochs() > 0) {
      share /= halving.factor();
      int shorter = (int) Math.rint(epochs * share);
      boolean none = Math.floor(trials * share + 1e-9) < 1;
      if (none || shorter < halving.minEpochs() || shorter >= lengths.get(lengths.size() - 1)) {
        break;
      }
      lengths.add(shorter);
    }
    Collections.reverse(lengths);
    List<Rung> rungs = new ArrayList<>();
    int left = trials;
    for (int length : lengths) {
      rungs.add(new Rung(length, left));
      left = Math.max(1, left / halving.factor());
    }
    return rungs;
  }
}
