package io.sparkdistill.pipeline.students;

import io.sparkdistill.config.TransferSetConfig;
import io.sparkdistill.pipeline.run.Inputs;
import io.sparkdistill.pipeline.run.RunContext;
import io.sparkdistill.pipeline.run.StageOutcome;
import io.sparkdistill.storage.Manifest;
import io.sparkdistill.training.Checkpoint;
import io.sparkdistill.training.Checkpoints;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What earlier runs of a stage that trains have left: the student itself, or checkpoints on the way
 * to it. Inputs are everything that decides a training.
 */
final class TrainedBefore {
  private final RunContext context;
  private final String name;
  private final StudentVersions versions;
  private final Resumption resumption;

  /** Of the stage of that name; reads nothing yet. */
  TrainedBefore(RunContext context, String name, StudentVersions versions, Resumption resumption) {
    this.context = context;
    this.name = name;
    this.versions = versions;
    this.resumption = resumption;
  }

  /**
   * Keeps the student, where the newest one is it; then its checkpoints are of no use.
   *
   * @param current the newest one, as the run found it
   */
  Optional<StageOutcome> kept(Map<String, String> inputs, Optional<Manifest> current) {
    Optional<StageOutcome> kept =
        current.filter(manifest -> manifest.isMadeOf(inputs)).map(versions::kept);
    kept.ifPresent(outcome -> resumption.forget(ofTraining(inputs)));
    return kept;
  }

  /**
   * The newest student, where what is to be trained is that one but for its biases, which were not
   * moved yet; then its checkpoints are of no use.
   *
   * @param current the newest one, as the run found it
   */
  Optional<Manifest> unmoved(Map<String, String> inputs, Optional<Manifest> current) {
    Optional<Manifest> same = unmovedOf(inputs, current);
    same.ifPresent(manifest -> resumption.forget(manifest.inputs()));
    return same;
  }

  private static Optional<Manifest> unmovedOf(
      Map<String, String> inputs, Optional<Manifest> current) {
    Map<String, String> training = ofTraining(inputs);
    return current
        .filter(manifest -> manifest.isMadeOf(training))
        // Earlier releases published the zip alone.
        .filter(manifest -> manifest.files().size() > 1);
  }

  /**
   * What the training goes on from, and where it leaves its own checkpoints.
   *
   * @param current the newest student, as the run found it
   * @throws io.sparkdistill.failure.IntegrityException if there are those of another training, and
   *     that is refused
   */
  Checkpoints checkpoints(Map<String, String> inputs, Optional<Manifest> current) {
    Map<String, String> training = ofTraining(inputs);
    Optional<Checkpoint> from =
        resumption.from(training, current.map(manifest -> ofTraining(manifest.inputs())));
    from.ifPresent(checkpoint -> context.progress().say(Resumption.describe(name, checkpoint)));
    return resumption.checkpoints(training, from, context.stop());
  }

  /**
   * What a run would do about them; empty where there is nothing to go by.
   *
   * @param refusal refuses a student that does not fit its rows, before training would
   */
  Optional<StageOutcome> planned(Map<String, String> inputs, Runnable refusal) {
    Optional<Manifest> current = versions.current();
    Optional<Manifest> kept = current.filter(manifest -> manifest.isMadeOf(inputs));
    if (kept.isPresent()) {
      return kept.map(versions::upToDate);
    }
    refusal.run();
    Optional<Map<String, String>> published = current.map(Manifest::inputs);
    Optional<Checkpoint> from =
        resumption.looked(ofTraining(inputs), published.map(TrainedBefore::ofTraining));
    return unmovedOf(inputs, current)
        .map(manifest -> "would move biases of version " + manifest.version())
        .or(() -> from.map(checkpoint -> "would go on after round " + checkpoint.rounds()))
        .or(
            () ->
                published
                    .flatMap(other -> Inputs.difference(other, inputs))
                    .map(difference -> "would train again: " + difference))
        .map(what -> new StageOutcome(name, what));
  }

  /** What is done to a student that was trained decides nothing of its training. */
  static Map<String, String> ofTraining(Map<String, String> inputs) {
    Map<String, String> training = new TreeMap<>(inputs);
    training.remove(TransferSetConfig.MATCH_FREQUENCIES);
    return training;
  }
}
