package io.sparkdistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkdistill.testing.AnsweredDigits;
import io.sparkdistill.testing.TinyStudent;
import io.sparkdistill.testing.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole commands with teachers that are no ONNX files. */
class TeacherKindsTest {
  @TempDir private Path folder;
  private Workspace workspace;

  @BeforeEach
  void create() {
    workspace = Workspace.create(folder);
  }

  @Test
  void aPublishedStudentTeaches() throws IOException {
    Path zip = TinyStudent.write(folder.resolve("tiny.zip"));
    teach("{ dl4j = \"" + zip + "\" }");

    CommandRun run = run("run");

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    JsonNode teacher = metrics().requiredAt("/models/teacher");
    assertThat(teacher.get("parameters").asInt()).isEqualTo(12 * 3 + 3);
    assertThat(teacher.get("bytes").asLong()).isEqualTo(Files.size(zip));
    assertThat(inspect().get("teacherSha256").asText()).hasSize(64);
    CommandRun verified = run("verify", "--sample", "5");
    assertThat(verified.err()).isEmpty();
    assertThat(verified.code()).isZero();
  }

  @Test
  void aColumnTeachesWithoutBeingAsked() throws IOException {
    AnsweredDigits.logits(2).write(folder.resolve("data"));
    teach("{ column = answers }");

    assertThat(run("run", "--dry-run").code()).isZero();
    CommandRun run = run("run");

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    JsonNode teacher = metrics().requiredAt("/models/teacher");
    assertThat(teacher.get("parameters").asInt()).isZero();
    assertThat(teacher.get("bytes").asInt()).isZero();
    assertThat(inspect().get("teacher").asText()).isEqualTo("column answers");
    CommandRun verified = run("verify", "--sample", "5");
    assertThat(verified.err()).isEmpty();
    assertThat(verified.code()).isZero();
  }

  @Test
  void otherAnswersInTheSameRowsAreAnotherVersion() throws IOException {
    AnsweredDigits.logits(2).write(folder.resolve("data"));
    teach("{ column = answers }");
    assertThat(run("label").code()).isZero();
    String before = inspect().get("contentSha256").asText();

    AnsweredDigits.logits(3).write(folder.resolve("data"));
    assertThat(run("label").code()).isZero();

    assertThat(inspect().get("version").asInt()).isEqualTo(2);
    assertThat(inspect().get("rowsScored").asInt()).isEqualTo(600);
    assertThat(inspect().get("contentSha256").asText()).isNotEqualTo(before);
  }

  @Test
  void probabilitiesThatAreNoneAreBadRows() {
    AnsweredDigits.logits(2).write(folder.resolve("data"));
    teach("{ column = answers, kind = probabilities }");

    CommandRun run = run("label");

    assertThat(run.code()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(run.err()).contains("row 'train-", "of the teacher");
  }

  @Test
  void refusesAColumnThatIsNotThere() {
    teach("{ column = answers }");

    CommandRun run = run("label");

    assertThat(run.code()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(run.err())
        .contains("there is no column answers", "the teacher's column, or the data.");
  }

  private void teach(String teacher) {
    workspace.writeConf(
        "training.epochs = 1, teachers = [" + teacher + "], evaluation.baseline = false");
  }

  private JsonNode metrics() throws IOException {
    return new ObjectMapper().readTree(workspace.read("out/evaluation/metrics.json"));
  }

  private JsonNode inspect() throws IOException {
    CommandRun run =
        CommandRun.of("inspect", workspace.output().resolve("soft-targets").toString(), "--json");
    assertThat(run.err()).isEmpty();
    return new ObjectMapper().readTree(run.out());
  }

  private CommandRun run(String command, String... more) {
    String[] args = new String[more.length + 2];
    args[0] = command;
    args[1] = workspace.conf();
    System.arraycopy(more, 0, args, 2, more.length);
    return CommandRun.of(args);
  }
}
