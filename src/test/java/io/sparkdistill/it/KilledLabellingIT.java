package io.sparkdistill.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkdistill.cli.CommandRun;
import io.sparkdistill.testing.Fault;
import io.sparkdistill.testing.Fault.Moment;
import io.sparkdistill.testing.FaultyStore;
import io.sparkdistill.testing.Workspace;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Drivers and executors that end with -9 at one step of the labelling: each step is one of a store,
 * in which the process kills itself.
 */
@TestInstance(Lifecycle.PER_CLASS)
class KilledLabellingIT {
  private static final int KILLED = 128 + 9;
  private static final List<String> TWO_EXECUTORS =
      List.of("--master", "local-cluster[2,1,1024]", "--conf", "spark.executor.memory=1g");

  private Path folder;
  private File log;
  private Workspace workspace;
  private JsonNode undisturbed;

  @BeforeAll
  void labelWithoutFaults(@TempDir Path folder) throws IOException {
    this.folder = folder;
    log = folder.resolve("log.txt").toFile();
    workspace = Workspace.create(folder);
    done("label", workspace.output());
    undisturbed = facts(workspace.output());
  }

  @Test
  void driverKilledAtEachStepOfTheCommitsIsResumedByTheNextRun() throws IOException {
    Path output = folder.resolve("steps");

    killed(output, FaultyStore.STORE, Fault.kill(Moment.CREATING, "soft-targets/shards/"));
    assertThat(files(output, "shards")).isEmpty();
    killed(output, FaultyStore.STORE, Fault.kill(Moment.CREATED, "soft-targets/shards/"));
    List<Path> committed = files(output, "shards");
    assertThat(committed).isNotEmpty();
    killed(output, FaultyStore.STORE, Fault.kill(Moment.CREATED, "soft-targets/files/.*/shards"));
    assertThat(files(output, "shards")).hasSize(3).containsAll(committed);
    killed(output, FaultyStore.RENAMING, Fault.kill(Moment.RENAMING, "soft-targets/versions/1"));
    assertThat(files(output, "versions")).isEmpty();
    killed(output, FaultyStore.RENAMING, Fault.kill(Moment.RENAMED, "soft-targets/versions/1"));
    assertThat(files(output, "versions")).hasSize(1);
    assertThat(output.resolve("soft-targets/manifest.json")).doesNotExist();

    done("label", output);

    assertThat(files(output, "versions")).hasSize(1);
    assertThat(files(output, "shards")).hasSize(3);
    assertThat(output.resolve("soft-targets/manifest.json")).exists();
    requireSame(output);
    assertThat(facts(output).get("rowsScored").asText()).isEqualTo("0");
  }

  @Test
  void executorsThatAreKilledAreReplacedUnlessItHappensTooOften() throws IOException {
    Path output = folder.resolve("executors");
    Fault whileItScores = Fault.kill(Moment.CREATING, "soft-targets/files/part-");
    Fault afterItCommitted = Fault.kill(Moment.CREATED, "soft-targets/shards/");
    List<String> oneAttempt = new ArrayList<>(TWO_EXECUTORS);
    oneAttempt.addAll(List.of("--conf", "spark.task.maxFailures=1"));

    Launcher.Finished lost =
        label(output, FaultyStore.of(FaultyStore.STORE, folder, whileItScores), oneAttempt);

    assertThat(lost.code()).as(lost.text()).isEqualTo(75);
    assertThat(lost.text())
        .contains("error: Cannot go on, Spark lost its executors: ", "and try again.");
    assertThat(files(output, "versions")).isEmpty();

    FaultyStore twice = FaultyStore.of(FaultyStore.STORE, folder, whileItScores, afterItCommitted);
    Launcher.Finished run = label(output, twice, TWO_EXECUTORS);

    assertThat(run.code()).as(run.text()).isZero();
    assertThat(twice.happened(folder)).isEqualTo(2);
    assertThat(files(output, "shards")).hasSize(3);
    requireSame(output);
  }

  private void killed(Path output, String scheme, Fault fault) throws IOException {
    FaultyStore store = FaultyStore.of(scheme, folder, fault);
    Path lock = output.resolve(".lock");
    if (Files.exists(lock)) {
      // As two minutes after its holder was killed.
      Files.setLastModifiedTime(lock, FileTime.from(Instant.EPOCH));
    }
    // One task at a time, so that nothing else goes on while the process kills itself.
    Launcher.Finished run = label(output, store, List.of("--master", "local[1]"));
    assertThat(run.code()).as(run.text()).isEqualTo(KILLED);
    assertThat(store.happened(folder)).isEqualTo(1);
  }

  private Launcher.Finished label(Path output, FaultyStore store, List<String> options) {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of("--conf", "spark.executor.extraClassPath=" + Launcher.CLASSES));
    String[] args =
        Launcher.arguments("label", workspace, store, output, all.toArray(new String[0]));
    return Launcher.run(Launcher.BRIEF, log, args);
  }

  private void requireSame(Path output) throws IOException {
    for (String fact : List.of("rows", "content.sha256")) {
      assertThat(facts(output).get(fact)).as(fact).isEqualTo(undisturbed.get(fact));
    }
    done("verify", output);
  }

  /** In this JVM: nobody kills it. */
  private void done(String command, Path output) {
    CommandRun run = CommandRun.of(command, workspace.conf(), "--set", "output=" + output);
    assertThat(run.code()).as(run.err()).isZero();
  }

  private static JsonNode facts(Path output) throws IOException {
    return new ObjectMapper()
        .readTree(output.resolve("soft-targets/versions/1.json").toFile())
        .get("facts");
  }

  private static List<Path> files(Path output, String name) throws IOException {
    Path place = output.resolve("soft-targets").resolve(name);
    if (!Files.exists(place)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(place)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .toList();
    }
  }
}
