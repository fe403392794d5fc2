package io.sparkdistill.pipeline.students;

import io.sparkdistill.config.CheckpointConfig;
import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.pipeline.run.Inputs;
import io.sparkdistill.pipeline.run.StopRequest;
import io.sparkdistill.training.Checkpoint;
import io.sparkdistill.training.CheckpointStore;
import io.sparkdistill.training.Checkpoints;
import java.util.Map;
import java.util.Optional;

/** Which checkpoint a training goes on from, if any; and which it must not. */
public final class Resumption {
  private final String stage;
  private final CheckpointStore store;
  private final CheckpointConfig config;

  /**
   * Reads nothing yet.
   *
   * @param stage for messages
   * @param store where checkpoints are
   * @param config whether there are any, and how often
   */
  public Resumption(String stage, CheckpointStore store, CheckpointConfig config) {
    this.stage = stage;
    this.store = store;
    this.config = config;
  }

  /**
   * How a training that goes on is told of.
   *
   * @param stage that trains
   * @param checkpoint that it goes on from
   * @return a sentence for the log
   */
  public static String describe(String stage, Checkpoint checkpoint) {
    return stage
        + ": goes on from checkpoint "
        + checkpoint.number()
        + ", after round "
        + checkpoint.rounds();
  }

  /**
   * The one to go on from, also where a student that was published was trained alike, as what was
   * done to it afterwards may differ. What is of no use is removed.
   *
   * @param inputs of the student that is to be trained, and is not published
   * @param published those of the newest student
   * @return nothing where training begins anew
   * @throws IntegrityException if there is one of another configuration, and that is refused
   */
  public Optional<Checkpoint> from(
      Map<String, String> inputs, Optional<? extends Map<String, String>> published) {
    Optional<Checkpoint> newest = store.newest();
    Optional<Checkpoint> usable = usable(newest, inputs, published);
    if (newest.isPresent() && usable.isEmpty()) {
      store.clear();
    }
    return usable;
  }

  /** The same, and changes nothing. */
  Optional<Checkpoint> looked(
      Map<String, String> inputs, Optional<? extends Map<String, String>> published) {
    return usable(store.newest(), inputs, published);
  }

  private Optional<Checkpoint> usable(
      Optional<Checkpoint> newest,
      Map<String, String> inputs,
      Optional<? extends Map<String, String>> published) {
    if (newest.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> difference = Inputs.difference(newest.get().inputs(), inputs);
    if (difference.isEmpty()) {
      return newest;
    }
    // Of a training that ended, and was killed before it could remove them.
    boolean isLeftOver = published.filter(newest.get().inputs()::equals).isPresent();
    if (isLeftOver || config.otherConfiguration() == CheckpointConfig.OtherConfiguration.DISCARD) {
      return Optional.empty();
    }
    throw new IntegrityException(
        "Cannot train the "
            + stage
            + " over checkpoint "
            + newest.get().number()
            + " in "
            + store.place()
            + ", it belongs to another configuration: "
            + difference.get()
            + ". Give the configuration that it was begun with, or set"
            + " training.checkpoint.otherConfiguration to discard to begin anew.");
  }

  /**
   * Those of one training.
   *
   * @param inputs of the student that is trained
   * @param from the one that it goes on from, if any
   * @param stop asked after every round
   * @return for the engine
   */
  public Checkpoints checkpoints(
      Map<String, String> inputs, Optional<Checkpoint> from, StopRequest stop) {
    return new Checkpoints(store, inputs, from, config, stop::isRequested);
  }

  /** Removes all, when the student is published. */
  public void done() {
    store.clear();
  }

  /**
   * Removes what is left of a training whose student was published before.
   *
   * @param inputs of that student
   */
  public void forget(Map<String, String> inputs) {
    if (store.newest().filter(checkpoint -> checkpoint.inputs().equals(inputs)).isPresent()) {
      store.clear();
    }
  }

  /**
   * How many train. Another number of workers is another student, so that a cluster that has
   * another size now does not decide.
   *
   * @param checkpoints of the training
   * @param training as it is configured
   * @param parallelism of the cluster as it is now
   * @return those of the checkpoint where there is one
   */
  public static int workers(Checkpoints checkpoints, TrainingConfig training, int parallelism) {
    return checkpoints
        .from()
        .map(Checkpoint::workers)
        .orElseGet(() -> training.workers().orElse(parallelism));
  }
}
