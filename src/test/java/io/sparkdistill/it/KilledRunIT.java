package io.sparkdistill.it;

import static org.assertj.core.api.Assertions.assertThat;

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
    assertThat(Launcher.run(log, "run", workspace.conf()).code()).isZero();
    Map<String, String> expected = Workspace.contents(workspace.output());
    String victim = folder + "/victim";

    // What exists when the process is killed: a lock; files of an attempt; a version but no next
    // one.
    for (String trace :
        new String[] {
          ".lock",
          "soft-targets/files",
          "soft-targets/versions/1.json",
          "test-targets/versions/1.json",
          "student/files",
          "student/versions/1.json",
          "baseline/versions/1.json"
        }) {
      kill(workspace, log, victim, trace);
    }
    Launcher.Finished last =
        Launcher.run(log, "run", workspace.conf(), "--set", "output=" + victim);

    assertThat(last.code()).as(last.text()).isZero();
    Map<String, String> found = Workspace.contents(Path.of(victim));
    for (String published :
        new String[] {"evaluation/metrics.json", "student/student.zip", "baseline/student.zip"}) {
      assertThat(found.get(published)).as(published).isEqualTo(expected.get(published));
    }
    assertThat(found).containsKey("soft-targets/versions/1.json");
    assertThat(found).doesNotContainKey("soft-targets/versions/2.json");
  }

  /** Kills without warning, the JVM included, as soon as a trace of a stage is seen. */
  private static void kill(Workspace workspace, File log, String output, String trace)
      throws InterruptedException {
    Process process =
        Launcher.start(Map.of(), log, "run", workspace.conf(), "--set", "output=" + output);
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
