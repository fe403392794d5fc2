package io.sparkdistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkdistill.testing.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Students without a teacher: the first one of a chain learns from labels. */
class UntaughtTest {
  private static final List<String> NOBODY =
      List.of("--set", "teachers=[]", "--set", "objective.softWeight=0");

  @TempDir private Path folder;
  private Workspace workspace;

  @BeforeEach
  void create() {
    workspace = Workspace.create(folder);
  }

  @Test
  void learnsWhatItWouldLearnBesideATeacherWhomNobodyAsks() throws IOException {
    CommandRun planned = run(NOBODY, "run", "--dry-run");
    assertThat(planned.err()).isEmpty();
    CommandRun run = run(NOBODY, "run");
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();

    JsonNode metrics = new ObjectMapper().readTree(workspace.read("out/evaluation/metrics.json"));
    assertThat(metrics.get("models").fieldNames()).toIterable().containsExactly("student");
    assertThat(metrics.has("gapClosure")).isFalse();
    assertThat(metrics.requiredAt("/models/student/errors").asInt()).isLessThan(100);
    assertThat(metrics.requiredAt("/models/student").has("agreementWithTeacher")).isFalse();
    assertThat(metrics.requiredAt("/models/student").has("klToTeacher")).isFalse();
    assertThat(run.out()).contains("student").doesNotContain("teacher", "baseline");
    assertThat(workspace.output().resolve("baseline")).doesNotExist();

    Map<String, String> before = Workspace.contents(workspace.output());
    assertThat(run(NOBODY, "run").code()).isZero();
    assertThat(Workspace.contents(workspace.output())).isEqualTo(before);
    assertThat(run(NOBODY, "verify", "--sample", "5").code()).isZero();
    CommandRun inspected = CommandRun.of("inspect", workspace.output() + "/soft-targets");
    assertThat(inspected.out()).contains("nobody").doesNotContain("teacher wrong");

    byte[] untaught = Files.readAllBytes(workspace.output().resolve("student/student.zip"));
    Path other = folder.resolve("other");
    List<String> unasked = List.of("--set", "objective.softWeight=0", "--set", "output=" + other);
    assertThat(run(unasked, "run").code()).isZero();
    assertThat(Files.readAllBytes(other.resolve("student/student.zip"))).isEqualTo(untaught);
  }

  @Test
  void trialsHaveNoDistanceToATeacherWhereThereIsNone() throws IOException {
    CommandRun tune =
        run(
            NOBODY,
            "tune",
            "--set",
            "tuning.parameters={ training.seed = [1, 2] }",
            "--set",
            "training.epochs=1");
    assertThat(tune.err()).isEmpty();
    assertThat(tune.code()).isZero();
    JsonNode trials = new ObjectMapper().readTree(workspace.read("out/tuning/trials.json"));
    assertThat(trials.requiredAt("/trials/0/score/kl").asText()).isEqualTo("NaN");
    assertThat(tune.out()).contains(" – ");
  }

  @Test
  void refusesAnObjectiveThatAsksATeacher() {
    CommandRun run = run(List.of("--set", "teachers=[]"), "run");

    assertThat(run.code()).isEqualTo(ExitCodes.CONFIGURATION);
    assertThat(run.err())
        .contains(
            "teachers (--set teachers): expected a list of at least one teacher such as"
                + " [{ onnx = \"teacher.onnx\" }]; there need be none only where"
                + " objective.softWeight is 0, or objective.kind label-smoothing");
  }

  private CommandRun run(List<String> settings, String command, String... more) {
    List<String> args = new ArrayList<>(List.of(command, workspace.conf()));
    args.addAll(settings);
    args.addAll(List.of(more));
    return CommandRun.of(args.toArray(new String[0]));
  }
}
