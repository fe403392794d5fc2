package io.sparkdistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.storage.Manifest;
import io.sparkdistill.storage.StageDirectory;
import io.sparkdistill.testing.Workspace;
import java.nio.file.Path;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole commands with other objectives than the default one. */
class ObjectivesTest {
  @TempDir private Path folder;
  private Workspace workspace;

  @BeforeEach
  void create() {
    workspace = Workspace.create(folder);
    workspace.writeConf("evaluation { baseline = false }");
  }

  @Test
  void sameCacheServesOneObjectiveAfterTheOther() {
    assertThat(CommandRun.of("run", workspace.conf()).code()).isZero();
    assertThat(student().inputs()).doesNotContainKey("objective.kind");

    CommandRun other =
        CommandRun.of(
            "run",
            workspace.conf(),
            "--set",
            "objective={ kind = dist, softWeight { from = 0.9, to = 0.5 },"
                + " whenTeacherIsWrong = ignore }");

    assertThat(other.err()).isEmpty();
    assertThat(other.code()).isZero();
    assertThat(student().version()).isEqualTo(2);
    assertThat(student().inputs())
        .containsEntry("objective.kind", "dist")
        .containsEntry("objective.gamma", "2.0")
        .containsEntry("objective.softWeight", "linear 0.9 to 0.5 by step")
        .containsEntry("objective.whenTeacherIsWrong", "ignore");
    assertThat(directory("soft-targets").current().orElseThrow().version()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rounds", "dl4j-spark"})
  void bothEnginesTakeLossesOfABatchAsAWhole(String engine) {
    CommandRun run =
        CommandRun.of(
            "run",
            workspace.conf(),
            "--set",
            "training.engine=" + engine,
            "--set",
            "objective={ kind = dist, standardise = true }");

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
  }

  @Test
  void keptClassesAreTrainedOnWithAGhost() {
    CommandRun run =
        CommandRun.of(
            "run",
            workspace.conf(),
            "--set",
            "softTargets={ codec = topk, topK = 1, temperature = 4 }",
            "--set",
            "objective.kind=dkd");

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(student().inputs()).containsEntry("objective.tail", "ghost");
  }

  private Manifest student() {
    return directory("student").current().orElseThrow();
  }

  private StageDirectory directory(String stage) {
    return new StageDirectory(
        new org.apache.hadoop.fs.Path(workspace.output().toUri()),
        stage,
        Set.of(),
        new Configuration());
  }
}
