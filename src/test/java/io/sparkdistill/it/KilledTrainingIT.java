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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trainings whose driver or executor ends with -9, and one that is asked to end: all go on from a
 * checkpoint, and end in the student of one that nobody disturbed.
 */
@TestInstance(Lifecycle.PER_CLASS)
class KilledTrainingIT {
  private static final int KILLED = 128 + 9;
  private static final int EPOCHS = 20;
  private static final int ROUNDS = EPOCHS * 4;
  private static final String STUDENT = "student/student.zip";

  private Path folder;
  private File log;
  private Workspace workspace;

  @BeforeAll
  void trainWithoutFaults(@TempDir Path folder) {
    this.folder = folder;
    log = folder.resolve("log.txt").toFile();
    workspace = Workspace.create(folder);
    workspace.writeConf(
        "training { epochs = "
            + EPOCHS
            + ", checkpoint { everyRounds = 10 } }, evaluation { baseline = false }");
    done("label", workspace.output());
    for (String copy : List.of("steps", "executor", "asked")) {
      copy(workspace.output(), folder.resolve(copy));
    }
    done("train", workspace.output());
    assertThat(workspace.output().resolve("checkpoints")).doesNotExist();
  }

  @Test
  void driverKilledAtEachStepOfACheckpointGoesOnFromTheNewestWholeOne() throws IOException {
    Path output = folder.resolve("steps");
    String files = "checkpoints/student/files/.*/";

    killed(output, FaultyStore.STORE, Fault.kill(Moment.CREATED, files + "updater"));
    assertThat(checkpoints(output)).isEmpty();
    killed(output, FaultyStore.RENAMING, Fault.kill(Moment.RENAMING, "points/student/versions/1"));
    assertThat(checkpoints(output)).isEmpty();
    killed(output, FaultyStore.RENAMING, Fault.kill(Moment.RENAMED, "points/student/versions/1"));
    assertThat(checkpoints(output)).containsExactly("1.json");
    killed(output, FaultyStore.STORE, Fault.kill(Moment.CREATED, "points/student/versions/4"));
    assertThat(checkpoints(output)).containsExactly("2.json", "3.json", "4.json");

    assertThat(resumed(output)).contains("student: goes on from checkpoint 4, after round 40");
    requireSame(output);
  }

  @Test
  void executorKilledInARoundIsReplacedAndTheStudentIsTheSame()
      throws IOException, InterruptedException {
    Path output = folder.resolve("executor");
    String[] twoExecutors = {
      "--", "--master", "local-cluster[2,1,1024]", "--conf", "spark.executor.memory=1g"
    };
    List<String> args = new ArrayList<>(List.of("train", workspace.conf()));
    args.addAll(List.of("--set", "output=" + output));
    args.addAll(List.of(twoExecutors));
    Process driver = Launcher.start(Launcher.BRIEF, log, args.toArray(new String[0]));
    try {
      await(driver, output.resolve("checkpoints/student/versions/2.json"));
      // A driver starts nothing else.
      try (Stream<ProcessHandle> executors = driver.children()) {
        assertThat(executors.findFirst().orElseThrow().destroyForcibly()).isTrue();
      }

      assertThat(driver.waitFor(10, TimeUnit.MINUTES)).isTrue();
      assertThat(driver.exitValue()).as(Files.readString(log.toPath())).isZero();
    } finally {
      Launcher.end(driver);
    }
    requireSame(output);
  }

  @Test
  void askedToEndItEndsItsRoundWithACheckpointAndTheNextRunGoesOn()
      throws IOException, InterruptedException {
    Path output = folder.resolve("asked");
    FaultyStore store =
        FaultyStore.of(
            FaultyStore.STORE,
            folder,
            Fault.shell(Moment.CREATED, "points/student/versions/2", "kill -15 {pid}"));
    Process driver = Launcher.start(Launcher.BRIEF, log, arguments(store, output));
    String said;
    try {
      assertThat(driver.waitFor(5, TimeUnit.MINUTES)).isTrue();
      said = Files.readString(log.toPath());
    } finally {
      Launcher.end(driver);
    }
    assertThat(driver.exitValue()).as(said).isEqualTo(75);
    assertThat(store.happened(folder)).isEqualTo(1);
    List<String> there = checkpoints(output);
    String newest = there.get(there.size() - 1);
    JsonNode facts =
        new ObjectMapper()
            .readTree(output.resolve("checkpoints/student/versions/" + newest).toFile())
            .get("facts");
    assertThat(said)
        .contains(
            "error: Cannot go on training, the process was asked to stop: after round "
                + facts.get("rounds").asText()
                + " of "
                + ROUNDS
                + ", the last good checkpoint is kept, number "
                + newest.replace(".json", "")
                + " ");
    assertThat(output.resolve("student/versions")).doesNotExist();

    assertThat(resumed(output))
        .contains(", after round " + facts.get("rounds").asText() + System.lineSeparator());
    requireSame(output);
  }

  private void killed(Path output, String scheme, Fault fault) throws IOException {
    FaultyStore store = FaultyStore.of(scheme, folder, fault);
    Launcher.Finished run = Launcher.run(Launcher.BRIEF, log, arguments(store, output));
    assertThat(run.code()).as(run.text()).isEqualTo(KILLED);
    assertThat(store.happened(folder)).isEqualTo(1);
  }

  /** In this JVM: nobody kills it. */
  private void done(String command, Path output) {
    CommandRun run = CommandRun.of(command, workspace.conf(), "--set", "output=" + output);
    assertThat(run.code()).as(run.err()).isZero();
  }

  /** What the process said that went on. */
  private String resumed(Path output) {
    Launcher.Finished run =
        Launcher.run(Launcher.BRIEF, log, "train", workspace.conf(), "--set", "output=" + output);
    assertThat(run.code()).as(run.text()).isZero();
    return run.text();
  }

  private String[] arguments(FaultyStore store, Path output) throws IOException {
    // A store locks by a file that is there, and this one was left by a lock of another kind.
    Files.deleteIfExists(output.resolve(".lock"));
    return Launcher.arguments("train", workspace, store, output);
  }

  private static void await(Process process, Path seen) throws InterruptedException {
    while (!Files.exists(seen) && process.isAlive()) {
      process.waitFor(2, TimeUnit.MILLISECONDS);
    }
    assertThat(seen).exists();
  }

  private void requireSame(Path output) {
    assertThat(output.resolve(STUDENT)).hasSameBinaryContentAs(workspace.output().resolve(STUDENT));
    assertThat(output.resolve("checkpoints")).doesNotExist();
  }

  private static List<String> checkpoints(Path output) throws IOException {
    Path versions = output.resolve("checkpoints/student/versions");
    if (!Files.exists(versions)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(versions)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    }
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
