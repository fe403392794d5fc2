package io.sparkdistill.training;

import io.sparkdistill.config.CheckpointConfig;
import io.sparkdistill.config.CheckpointConfig.OtherConfiguration;
import io.sparkdistill.storage.Snapshots;
import io.sparkdistill.storage.StageDirectory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Checkpoints of a student in some folder. */
record CheckpointFolder(Path folder, Configuration conf) {
  static final Map<String, String> INPUTS = Map.of("training.seed", "1");

  static CheckpointFolder in(java.nio.file.Path folder) {
    return new CheckpointFolder(new Path("file:" + folder), new Configuration());
  }

  /** For trainings that keep nothing. */
  static Checkpoints unused() {
    return new Checkpoints(
        in(java.nio.file.Path.of("/nowhere")).store(),
        Map.of(),
        Optional.empty(),
        CheckpointConfig.none(),
        () -> false);
  }

  CheckpointStore store() {
    return new CheckpointStore(snapshots());
  }

  Snapshots snapshots() {
    return new Snapshots(new StageDirectory(folder, "student", Set.of(), conf));
  }

  List<Integer> numbers() {
    return snapshots().numbers();
  }

  /** One every so many rounds, from where the newest one is. */
  Checkpoints every(int rounds, int keep) {
    return new Checkpoints(
        store(),
        INPUTS,
        store().newest(),
        new CheckpointConfig(rounds, 0, keep, OtherConfiguration.REFUSE),
        () -> false);
  }
}
