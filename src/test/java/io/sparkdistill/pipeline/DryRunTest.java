package io.sparkdistill.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.config.reading.ConfigLoader;
import io.sparkdistill.config.reading.LoadedConfig;
import io.sparkdistill.pipeline.run.Progress;
import io.sparkdistill.pipeline.run.StopRequest;
import io.sparkdistill.testing.Said;
import io.sparkdistill.testing.TinyDigits;
import io.sparkdistill.testing.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run would do, where one was before. */
class DryRunTest {
  @TempDir private Path folder;
  private Workspace workspace;
  private SparkSession spark;

  @BeforeEach
  void start() {
    workspace = Workspace.create(folder);
    spark = SparkSession.builder().master("local[2]").getOrCreate();
  }

  @AfterEach
  void stop() {
    spark.close();
  }

  @Test
  void whatFollowsFromAnotherCodecWouldBeDoneAnew() {
    run();
    assertThat(plan())
        .extracting(line -> line.replaceAll("(: up to date).*", "$1"))
        .containsExactly(
            "soft-targets: up to date",
            "test-targets: up to date",
            "student: up to date",
            "baseline: up to date",
            "evaluation: up to date",
            "report: up to date");

    assertAllButTestTargetsAnew(plan("softTargets.codec=float32"));
  }

  @Test
  void whatFollowsFromAddedRowsWouldBeDoneAnew() throws IOException {
    run();
    Path added = folder.resolve("added");
    TinyDigits.write(spark, TinyDigits.rows("added", 20, 9), TinyDigits.schema(), added, 1);
    try (var files = Files.list(added)) {
      Path part =
          files.filter(file -> file.toString().endsWith(".parquet")).findAny().orElseThrow();
      Files.copy(part, folder.resolve("data/train/part-added.parquet"));
    }

    assertAllButTestTargetsAnew(plan());
  }

  @Test
  void whatALinkWouldTeachIsNotComparedWithWhatItTaughtBefore() {
    String chain = "chain=[{ name = assistant, student.hidden = [32] }]";
    run(chain);
    assertThat(plan(chain))
        .hasSizeGreaterThan(8)
        .filteredOn(line -> line.contains(": would "))
        .isEmpty();

    assertThat(plan(chain, "training.seed=5"))
        .contains("student: would train again: training.seed is 1 there and 5 here")
        .endsWith("chain: the rest waits for a student that is to be trained first");
  }

  private void run(String... settings) {
    chain(Said.nothing(), settings).run(Command.RUN, "test");
  }

  private List<String> plan(String... settings) {
    Said said = Said.nothing();
    chain(said, settings).plan(Command.RUN);
    return said.lines();
  }

  private Chain chain(Progress progress, String... settings) {
    LoadedConfig loaded =
        ConfigLoader.fromFile(Path.of(workspace.conf()).toFile(), List.of(settings));
    return new Chain(
        spark, loaded.chain(), loaded.config(), loaded.recipe(), progress, new StopRequest());
  }

  private static void assertAllButTestTargetsAnew(List<String> plan) {
    assertThat(plan)
        .extracting(line -> line.replaceAll("(: (up to date|would)).*", "$1"))
        .containsExactly(
            "soft-targets: would",
            "test-targets: up to date",
            "student: would",
            "baseline: would",
            "evaluation: would",
            "report: would");
  }
}
