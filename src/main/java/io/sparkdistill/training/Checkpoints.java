package io.sparkdistill.training;

import io.sparkdistill.config.CheckpointConfig;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What a training does with its checkpoints.
 *
 * @param store where they are
 * @param inputs what the student is made from
 * @param from the one to go on from, which has the same inputs; empty to begin anew
 * @param config how often, and how many
 * @param stop whether training shall end after the round it is in
 */
public record Checkpoints(
    CheckpointStore store,
    Map<String, String> inputs,
    Optional<Checkpoint> from,
    CheckpointConfig config,
    BooleanSupplier stop) {
  Place of(TrainingPlan plan) {
    return new KeptPlace(this, plan, new CheckpointTimer(config, System::nanoTime));
  }
}
