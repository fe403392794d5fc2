package io.sparkdistill.bench;

import io.sparkdistill.config.CheckpointConfig;
import io.sparkdistill.storage.Snapshots;
import io.sparkdistill.storage.StageDirectory;
import io.sparkdistill.training.CheckpointStore;
import io.sparkdistill.training.Checkpoints;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Trainings that keep no checkpoints. */
final class Unkept {
  private Unkept() {}

  static Checkpoints checkpoints() {
    StageDirectory unused =
        new StageDirectory(
            new Path("target/bench/unused"), "student", Set.of(), new Configuration());
    return new Checkpoints(
        new CheckpointStore(new Snapshots(unused)),
        Map.of(),
        Optional.empty(),
        CheckpointConfig.none(),
        () -> false);
  }
}
