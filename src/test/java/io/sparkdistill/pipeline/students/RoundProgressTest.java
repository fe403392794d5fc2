package io.sparkdistill.pipeline.students;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.reading.ConfigLoader;
import io.sparkdistill.pipeline.run.RunContext;
import io.sparkdistill.pipeline.run.StopRequest;
import io.sparkdistill.testing.Said;
import io.sparkdistill.testing.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people are shown of rounds. */
class RoundProgressTest {
  @TempDir private Path folder;

  @Test
  void roundsThatAreFewerOnceTheyWereMeasuredAreCountedAnew() {
    Workspace workspace = Workspace.create(folder);
    DistillConfig config =
        ConfigLoader.fromFile(Path.of(workspace.conf()).toFile(), List.of()).config();
    List<String> shown = new ArrayList<>();
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      RunContext context =
          RunContext.of(spark, config, Said.heardBy(shown::add), new StopRequest());
      try (RoundProgress progress = new RoundProgress(context, "student", config.objective())) {
        progress.averaged(7, 300, 1, 0.5);
        progress.averaged(8, 23, 1, 0.5);
        progress.averaged(9, 23, 1, 0.5);
      }
    }
    assertThat(shown)
        .containsExactly(
            "train student: 7 of 300 rounds",
            "train student: 8 of 23 rounds",
            "train student: 9 of 23 rounds");
  }
}
