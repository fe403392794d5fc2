package io.sparkdistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkdistill.testing.TinyTeacher;
import io.sparkdistill.testing.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands whose students learn what is inside their teacher. */
class FeaturesTest {
  @TempDir private Path folder;

  @Test
  void studentThatLearnsFromInsideItsTeacherIsAnOrdinaryOneAndIsTunedToo() throws IOException {
    Workspace workspace = Workspace.create(folder);
    Path onnx = new TinyTeacher().withHidden().write(folder.resolve("teacher.onnx"));
    workspace.writeConf(
        """
        teachers = [{ onnx = "%s", intermediates = [hidden] }]
        student.hidden = [16, 12]
        objective.features = [
          { kind = hint, teacher = hidden, layer = 1, weight = 0.5 }
          { kind = attention, teacher = hidden, layer = hidden-2, weight = 10 }
          { kind = relational, teacher = hidden, layer = 2 }
        ]
        training { epochs = 2, validation.fraction = 0.2 }
        tuning {
          search = grid
          parameters.objective.features = [
            [], [{ kind = relational, teacher = hidden, layer = 1 }]
          ]
        }
        """
            .formatted(onnx));

    CommandRun run = CommandRun.of("run", workspace.conf());

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    JsonNode student = manifest(workspace, "student");
    assertThat(student.requiredAt("/inputs/objective.features").asText())
        .isEqualTo(
            "hint hidden-1 to hidden, weight 0.5\n"
                + "attention hidden-2 to hidden, weight 10.0\n"
                + "relational hidden-2 to hidden, weight 1.0, distance 1.0, angle 2.0");
    int parameters = 13 * 16 + 17 * 12 + 13 * 3;
    assertThat(student.requiredAt("/facts/parameters").asInt()).isEqualTo(parameters);
    assertThat(manifest(workspace, "baseline").at("/inputs/objective.features").isMissingNode())
        .isTrue();
    assertThat(layers(workspace.output().resolve("student/student.zip")))
        .isEqualTo(layers(workspace.output().resolve("baseline/student.zip")));
    assertThat(CommandRun.of("verify", workspace.conf()).code()).isZero();
    assertThat(CommandRun.of("train", workspace.conf()).code()).isZero();
    assertThat(manifest(workspace, "student")).isEqualTo(student);

    CommandRun tune = CommandRun.of("tune", workspace.conf());

    assertThat(tune.err()).isEmpty();
    assertThat(tune.code()).isZero();
    Map<String, String> trials = Workspace.contents(workspace.output().resolve("tuning"));
    CommandRun misfit =
        CommandRun.of(
            "tune",
            workspace.conf(),
            "--set",
            "tuning.parameters.objective.features=[[], [{ kind = attention, teacher = hidden, layer"
                + " = 1 }]]",
            "--set",
            "tuning.parameters.training.seed=[5]");
    assertThat(misfit.err()).contains("attention is compared between two images, or between as");
    assertThat(misfit.code()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(Workspace.contents(workspace.output().resolve("tuning"))).isEqualTo(trials);
  }

  private static JsonNode manifest(Workspace workspace, String stage) throws IOException {
    return new ObjectMapper()
        .readTree(workspace.output().resolve(stage).resolve("manifest.json").toFile());
  }

  /** All that Deeplearning4j is told of the network. */
  private static String layers(Path zip) throws IOException {
    try (ZipFile file = new ZipFile(zip.toFile())) {
      return new String(
          file.getInputStream(file.getEntry("configuration.json")).readAllBytes(),
          StandardCharsets.UTF_8);
    }
  }
}
