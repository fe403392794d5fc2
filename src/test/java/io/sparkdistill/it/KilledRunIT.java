package io.sparkdistill.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.cli.CommandRun;
import io.sparkdistill.testing.Fault;
import io.sparkdistill.testing.Fault.Moment;
import io.sparkdistill.testing.FaultyStore;
import io.sparkdistill.testing.Workspace;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that is killed in each of its stages and started again ends where an undisturbed one does.
 */
class KilledRunIT {
  private static final int KILLED = 128 + 9;

  @TempDir private Path folder;

  @Test
  void killedAnywhereAndRunAgainEndsInTheSameMetrics() throws IOException {
    Workspace workspace = Workspace.create(folder);
    File log = folder.resolve("log.txt").toFile();
    done(workspace, workspace.output());
    Map<String, String> expected = Workspace.contents(workspace.output());
    Path victim = folder.resolve("victim");

    // One for each stage: in the files of an attempt, or behind the version of the stage before.
    for (String file :
        List.of(
            "/soft-targets/files/.*part-",
            "/soft-targets/versions/1.json",
            "/student/files/.*student.zip",
            "/student/versions/1.json",
            "/baseline/versions/1.json")) {
      kill(workspace, log, victim, file);
    }
    done(workspace, victim);

    Map<String, String> found = Workspace.contents(victim);
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

  /** Without warning, the JVM included, as soon as such a file is there. */
  private void kill(Workspace workspace, File log, Path output, String file) throws IOException {
    FaultyStore store = FaultyStore.of(FaultyStore.STORE, folder, Fault.kill(Moment.CREATED, file));
    // Nobody waits until the lock of the process before expires.
    Files.deleteIfExists(output.resolve(".lock"));
    Launcher.Finished run =
        Launcher.run(Launcher.BRIEF, log, Launcher.arguments("run", workspace, store, output));
    assertThat(run.code()).as(run.text()).isEqualTo(KILLED);
    assertThat(store.happened(folder)).isEqualTo(1);
  }
}
