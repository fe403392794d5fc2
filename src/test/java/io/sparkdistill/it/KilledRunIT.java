package io.sparkdistill.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.cli.CommandRun;
import io.sparkdistill.testing.Workspace;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that is killed in each of its stages and started again ends where an undisturbed one does.
 */
class KilledRunIT {
  @TempDir private Path folder;

  @Test
  void killedAnywhereAndRunAgainEndsInTheSameMetrics() throws IOException, InterruptedException {
    Workspace workspace = Workspace.create(folder);
    File log = folder.resolve("log.txt").toFile();
    done(workspace, workspace.output());
    Map<String, String> expected = Workspace.contents(workspace.output());
    String victim = folder + "/victim";

    // One for each stage: files of an attempt exist when the process is killed, or the version of
    // the stage before.
    for (String trace :
        new String[] {
          "soft-targets/files",
          "soft-targets/versions/1.json",
          "student/files",
          "student/versions/1.json",
          "baseline/versions/1.json"
        }) {
      kill(workspace, log, victim, trace);
    }
    done(workspace, Path.of(victim));

    Map<String, String> found = Workspace.contents(Path.of(victim));
    for (String published :
        new String[] {"evaluation/metrics.json", "student/student.zip", "baseline/student.zip"}) {
      assertThat(found.get(published)).as(published).isEqualTo(expected.get(published));
    }
    assertThat(found).containsKey("soft-targets/versions/1.json");
    assertThat(found).doesNotContainKey("soft-targets/versions/2.json");
  }

  /** In this JVM: nobody kills it. */
  private static void done(Workspace workspace, Path output) {
    CommandRun run = CommandRun.of("run", workspace.conf(), "--set", "output=" + output);
    assertThat(run.code()).as(run.err()).isZero();
  }

  /** Kills without warning, the JVM included, as soon as a trace of a stage is seen. */
  private static void kill(Workspace workspace, File log, String output, String trace)
      throws InterruptedException {
    Process process =
        Launcher.start(Launcher.BRIEF, log, "run", workspace.conf(), "--set", "output=" + output);
    Path seen = Path.of(output, trace);
    while (!Files.exists(seen) && process.isAlive()) {
      process.waitFor(2, TimeUnit.MILLISECONDS);
    }
    try (Stream<ProcessHandle> children = process.descendants()) {
      children.forEach(ProcessHandle::destroyForcibly);
    }
    process.destroyForcibly().waitFor();
    assertThat(seen).exists();
  }
}
