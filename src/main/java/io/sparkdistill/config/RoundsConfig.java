package io.sparkdistill.config;

import java.util.Map;
import java.util.TreeMap;

/**
 * What only the engine {@link TrainingConfig.Engine#ROUNDS} can do.
 *
 * @param outer the step after each round
 * @param updaterState what becomes of the updaters' state between rounds
 * @param warmUpRounds before the first epoch, in which one worker learns alone
 * @param shuffle who sees which rows, and in what order
 * @param validation how the best student is found
 * @param limits what is too much
 * @param patience with slow workers
 * @param cache where workers' rows are between rounds
 * @param localSteps how a round's steps are shared
 * @param augmentation of inputs each time that a row is learned from
 */
public record RoundsConfig(
    OuterConfig outer,
    UpdaterState updaterState,
    int warmUpRounds,
    Shuffle shuffle,
    ValidationConfig validation,
    Limits limits,
    Patience patience,
    Cache cache,
    LocalSteps localSteps,
    AugmentationConfig augmentation) {
  /**
   * What is too much.
   *
   * @param clipNorm longest mean gradient of a local step; longer ones are shortened; 0 for none
   * @param explodedLoss times the lowest loss so far at which training stops; 0 for never
   */
  public record Limits(double clipNorm, double explodedLoss) {
    /**
     * The defaults.
     *
     * @return no clipping
     */
    public static Limits usual() {
      return new Limits(0, 10);
    }
  }

  /**
   * How long a round waits for slow workers.
   *
   * @param deadline seconds after which it need not wait for all; 0 to wait always
   * @param quorum share of the round's samples without which it waits all the same
   */
  public record Patience(double deadline, double quorum) {}

  /** Who sees which rows, and in what order. */
  public enum Shuffle {
    /** Rows go to workers once, by their ids, and each worker sees its own in a new order. */
    ONCE,
    /** Rows go to other workers each epoch. */
    EPOCH,
    /** Rows stay as they stand in the cache. */
    NONE
  }

  /** How a round's steps are shared among the workers. */
  public enum LocalSteps {
    /** As many to each, while it has rows. */
    EQUAL,
    /** More to those that were faster in the rounds before. */
    BY_SPEED
  }

  /** Where workers' rows are between rounds. All train the same student. */
  public enum Cache {
    /** Packed in the executors' memory; Spark moves to disk what does not fit. */
    MEMORY,
    /** In one local file for each worker, and read row by row. */
    DISK,
    /** Nowhere: each round reads them again. */
    NONE
  }

  /** What becomes of the updaters' state between rounds. */
  public enum UpdaterState {
    /** All workers begin a round with the mean of theirs. */
    AVERAGE,
    /** All begin a round with none, and count updates anew. */
    RESET,
    /** Each goes on with its own. */
    LOCAL
  }

  /**
   * Averaging and nothing else.
   *
   * @return the defaults
   */
  public static RoundsConfig classic() {
    return new RoundsConfig(
        OuterConfig.Preset.AVERAGE.step(),
        UpdaterState.AVERAGE,
        0,
        Shuffle.ONCE,
        ValidationConfig.none(),
        Limits.usual(),
        new Patience(0, 0.75),
        Cache.MEMORY,
        LocalSteps.EQUAL,
        AugmentationConfig.none());
  }

  /**
   * What makes the student another one than {@link #classic} would. Without it there is nothing, so
   * that students stay up to date that were trained before these keys were there.
   *
   * @return values by key
   */
  public Map<String, String> differences() {
    RoundsConfig classic = classic();
    Map<String, String> differences = new TreeMap<>();
    if (!outer.equals(classic.outer)) {
      differences.put("training.outer", outer.toString());
    }
    if (updaterState != classic.updaterState) {
      differences.put("training.updaterState", Spelling.of(updaterState));
    }
    if (warmUpRounds != classic.warmUpRounds) {
      differences.put("training.warmUpRounds", Integer.toString(warmUpRounds));
    }
    if (shuffle != classic.shuffle) {
      differences.put("training.shuffle", Spelling.of(shuffle));
    }
    // Patience and the rest decide nothing where no rows are held out.
    if (validation.fraction() > 0) {
      differences.put("training.validation", validation.toString());
    }
    if (limits.clipNorm() > 0) {
      differences.put("training.clip", Double.toString(limits.clipNorm()));
    }
    if (patience.deadline() > 0) {
      differences.put("training.deadline", patience.toString());
    }
    if (localSteps != classic.localSteps) {
      differences.put("training.localSteps", Spelling.of(localSteps));
    }
    if (augmentation.augments()) {
      differences.put("training.augmentation", augmentation.description());
    }
    return differences;
  }
}
