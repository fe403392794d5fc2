package io.sparkdistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.storage.OutputLock;
import io.sparkdistill.testing.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A student goes to others if it is better, and comes back if it was not. */
class ReleaseTest {
  @TempDir private Path folder;
  private Workspace workspace;

  @Test
  void betterStudentsComeIntoUseAndOthersDoNot() throws IOException {
    workspace = Workspace.create(folder);
    workspace.writeConf("evaluation.baseline = false");
    assertThat(run("rollback").err()).contains("Cannot release, no place is configured for it");
    workspace.writeConf(
        """
        evaluation.baseline = false
        export { onnx = true, latency.seconds = 0 }
        release { publishTo = "%s/models", intendedUse = "Tests." }
        """
            .formatted(folder));
    assertThat(run("release").err())
        .contains("Cannot release a student without metrics, none are published in ")
        .contains("Run evaluate first, or run for everything");

    CommandRun weak = run("run", "--set", "training.updater.adam.learningRate=0.0001");
    assertThat(weak.err()).isEmpty();
    assertThat(weak.code()).isZero();
    assertThat(weak.out())
        .contains("release: version 1 is in use now, there is nothing in use to compare it with")
        .contains("models/versions/000001");
    assertThat(models().keySet())
        .containsExactlyInAnyOrder(
            "current",
            "history/000001.json",
            "versions/000001/decision.json",
            "versions/000001/manifest.json",
            "versions/000001/metrics.json",
            "versions/000001/model-card.md",
            "versions/000001/student.onnx",
            "versions/000001/student.zip");
    Map<String, String> output = Workspace.contents(workspace.output());
    assertThat(models())
        .containsEntry("versions/000001/student.zip", output.get("student/student.zip"))
        .containsEntry("versions/000001/student.onnx", output.get("student/student.onnx"))
        .containsEntry("versions/000001/metrics.json", output.get("evaluation/metrics.json"));
    assertThat(workspace.read("models/versions/000001/model-card.md"))
        .contains("> Tests\\.")
        .contains("| Deeplearning4j | `", "| ONNX Runtime | `", "| Spark | `3.5", "| Java | `17")
        .contains(folder.resolve("data/train").toString());

    CommandRun better = run("run");
    assertThat(better.err()).isEmpty();
    assertThat(better.out()).contains("release: version 2 is in use now, better: errors ");
    assertThat(workspace.read("models/current")).isEqualTo("000002\n");

    nothingIsDoneTheSecondTime();
    worseStudentIsRefused();
    goesBack();
    changedByteOfAReleaseIsFound();
    nothingIsReleasedWhereTheRuleSaysNever();
    versionThatAKilledReleaseHasLeftDoesNotTellOfAnOlderComparison();
    metricsOfAnotherStudentReleaseNone();
  }

  private void changedByteOfAReleaseIsFound() {
    assertThat(run("verify").code()).isZero();
    Path file = folder.resolve("models/versions/000001/student.zip");
    Workspace.flip(file);
    for (String[] command : new String[][] {{"verify"}, {"rollback", "--to", "1"}}) {
      CommandRun refused = run(command[0], Arrays.copyOfRange(command, 1, command.length));
      assertThat(refused.err())
          .startsWith("error: Cannot use " + file + ", its SHA-256 is ")
          .contains("It is not what was published");
      assertThat(refused.code()).isEqualTo(ExitCodes.INTEGRITY);
    }
    assertThat(workspace.read("models/current")).isEqualTo("000002\n");
    Workspace.flip(file);
  }

  private void nothingIsReleasedWhereTheRuleSaysNever() {
    Map<String, String> before = models();
    CommandRun never = run("run", "--set", "release.when=never", "--set", "training.seed=8");
    assertThat(never.err()).isEmpty();
    assertThat(never.code()).isZero();
    assertThat(never.out()).contains("release: not published, release.when is never");
    assertThat(models()).isEqualTo(before);
  }

  private void metricsOfAnotherStudentReleaseNone() {
    Map<String, String> before = models();
    assertThat(run("train", "--set", "training.seed=9").code()).isZero();
    CommandRun refused = run("release", "--set", "training.seed=9");
    assertThat(refused.err())
        .startsWith(
            "error: Cannot release a student by the metrics in "
                + workspace.output()
                + "/evaluation, they are of another one: ")
        .endsWith(". Run evaluate first, or run for everything.\n");
    assertThat(refused.code()).isEqualTo(ExitCodes.INTEGRITY);
    assertThat(models()).isEqualTo(before);
  }

  private void versionThatAKilledReleaseHasLeftDoesNotTellOfAnOlderComparison() throws IOException {
    String[] killed = {"--set", "release.when=always", "--set", "training.seed=6"};
    assertThat(run("run", killed).out()).contains("version 3 is in use now");
    String last =
        models().keySet().stream()
            .filter(name -> name.startsWith("history/"))
            .max(Comparator.naturalOrder())
            .orElseThrow();
    Files.delete(folder.resolve("models").resolve(last));
    CommandRun other = run("run", "--set", "release.when=always", "--set", "training.seed=7");
    assertThat(other.out()).contains("version 4 is in use now");

    assertThat(run("run", killed).out()).contains("version 5 is in use now");
    assertThat(workspace.read("models/versions/000005/decision.json"))
        .isNotEqualTo(workspace.read("models/versions/000003/decision.json"));
    assertThat(models().get("versions/000005/student.zip"))
        .isEqualTo(models().get("versions/000003/student.zip"));
  }

  private void nothingIsDoneTheSecondTime() {
    Map<String, String> before = models();
    Map<String, String> output = Workspace.contents(workspace.output());
    CommandRun again = run("run");
    assertThat(again.code()).isZero();
    assertThat(again.out()).contains("release: up to date (version 2 is in use)");
    assertThat(models()).isEqualTo(before);
    assertThat(Workspace.contents(workspace.output())).isEqualTo(output);

    OutputLock lock =
        OutputLock.acquire(
            new org.apache.hadoop.fs.Path(folder.resolve("models").toUri()),
            "release of other.conf",
            new Configuration());
    CommandRun turnedAway = run("release");
    lock.close();
    assertThat(turnedAway.code()).isEqualTo(ExitCodes.CONFLICT);
    assertThat(turnedAway.err()).contains("another run does: release of other.conf");
  }

  private void worseStudentIsRefused() {
    String[] worse = {
      "--set", "training.updater.adam.learningRate=0.0001", "--set", "training.seed=5"
    };
    Map<String, String> before = models();
    CommandRun refused = run("run", worse);
    assertThat(refused.err()).isEmpty();
    assertThat(refused.code()).isZero();
    assertThat(refused.out()).contains("release: not published, not better: errors ");
    assertThat(models()).isEqualTo(before);
    assertThat(workspace.read("out/release/decision.json")).contains("\"publish\" : false");

    Map<String, String> output = Workspace.contents(workspace.output());
    CommandRun again = run("release", worse);
    assertThat(again.out()).contains("release: not published, not better: errors ");
    assertThat(Workspace.contents(workspace.output())).isEqualTo(output);
  }

  private void goesBack() {
    CommandRun planned = run("rollback", "--dry-run");
    assertThat(planned.out()).contains("would bring version 1 into use, instead of version 2");
    assertThat(workspace.read("models/current")).isEqualTo("000002\n");

    CommandRun back = run("rollback");
    assertThat(back.err()).isEmpty();
    assertThat(back.out()).contains("version 1 is in use now, instead of version 2");
    assertThat(workspace.read("models/current")).isEqualTo("000001\n");

    CommandRun none = run("rollback", "--to", "7");
    assertThat(none.code()).isEqualTo(ExitCodes.CONFIGURATION);
    assertThat(none.err()).contains("there is no version 7, but [1, 2]");
    assertThat(run("rollback").err()).contains("no version was in use before");

    CommandRun again = run("run");
    assertThat(again.out())
        .contains("version 2 is this student, and version 1 came into use after it")
        .contains("rollback --to 2 brings it back");
    assertThat(workspace.read("models/current")).isEqualTo("000001\n");
    assertThat(run("rollback", "--to", "2").code()).isZero();
    assertThat(workspace.read("models/current")).isEqualTo("000002\n");

    assertThat(Files.exists(folder.resolve("models/versions/000003"))).isFalse();
  }

  private Map<String, String> models() {
    return Workspace.contents(folder.resolve("models"));
  }

  private CommandRun run(String command, String... more) {
    String[] args = new String[more.length + 2];
    args[0] = command;
    args[1] = workspace.conf();
    System.arraycopy(more, 0, args, 2, more.length);
    return CommandRun.of(args);
  }
}
