package io.sparkdistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.testing.Fault;
import io.sparkdistill.testing.Fault.Effect;
import io.sparkdistill.testing.Fault.Moment;
import io.sparkdistill.testing.FaultyStore;
import io.sparkdistill.testing.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that fail once a student is published, beside which the one before was exported. */
class StaleCopiesTest {
  private static final String OTHER = "training.seed=2";

  @TempDir private Path folder;
  private Workspace workspace;

  @BeforeEach
  void create() {
    workspace = Workspace.create(folder);
    workspace.writeConf(
        """
        training.epochs = 1
        export { onnx = true, latency.seconds = 0 }
        evaluation.baseline = false
        """);
  }

  @Test
  void copiesOfTheStudentBeforeAreGoneAndAnExportBringsThoseOfTheNewOne() throws IOException {
    Path copy = workspace.output().resolve("student/student.onnx");
    assertThat(run("run").code()).isZero();
    assertThat(copy).exists();

    failOncePublished("out/student/student\\.zip");

    CommandRun kept = run("train", OTHER);
    assertThat(kept.code()).isZero();
    assertThat(kept.said()).anyMatch(line -> line.startsWith("student: up to date (version 2, "));
    assertThat(copy).doesNotExist();
    assertThat(run("export", OTHER).code()).isZero();
    assertThat(copy).exists();
  }

  @Test
  void copiesOfTheHeadBeforeAreGone() throws IOException {
    String heads = "heads=[{ name = digit }, { name = again }]";
    Path copy = workspace.output().resolve("heads/digit/student/student.onnx");
    assertThat(run("run", heads).code()).isZero();
    assertThat(copy).exists();

    failOncePublished("out/heads/digit/student/student\\.zip", heads);

    CommandRun kept = run("train", heads, OTHER);
    assertThat(kept.code()).isZero();
    assertThat(copy).doesNotExist();
  }

  /** The copy for people cannot be written. */
  private void failOncePublished(String path, String... settings) throws IOException {
    FaultyStore store =
        FaultyStore.of(
            FaultyStore.STORE,
            folder,
            Fault.once(Moment.CREATING, path, Effect.THROW),
            Fault.once(Moment.RENAMING, path, Effect.THROW));
    List<String> more = new ArrayList<>(List.of(settings));
    more.add("output=\"" + store.uri(workspace.output()) + "\"");
    more.add(OTHER);
    // A store locks by files that are there, and these were left by locks of another kind.
    try (Stream<Path> files = Files.walk(workspace.output())) {
      for (Path lock : files.filter(file -> file.endsWith(".lock")).toList()) {
        Files.delete(lock);
      }
    }
    store.settings().forEach((key, value) -> System.setProperty("spark.hadoop." + key, value));
    try {
      CommandRun failed = run("train", more.toArray(new String[0]));
      assertThat(failed.code()).as(failed.err()).isEqualTo(ExitCodes.TRANSIENT);
    } finally {
      store.settings().keySet().forEach(key -> System.clearProperty("spark.hadoop." + key));
    }
    assertThat(store.happened(folder)).isEqualTo(1);
  }

  private CommandRun run(String command, String... settings) {
    List<String> args = new ArrayList<>(List.of(command, workspace.conf()));
    for (String setting : settings) {
      args.addAll(List.of("--set", setting));
    }
    return CommandRun.of(args.toArray(new String[0]));
  }
}
