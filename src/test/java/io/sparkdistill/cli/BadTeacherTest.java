package io.sparkdistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.testing.TinyTeacher;
import io.sparkdistill.testing.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Teachers that are not what they must be: exit code 3, and nothing is published. */
class BadTeacherTest {
  @TempDir private Path folder;
  private Workspace workspace;
  private Path teacher;

  @BeforeEach
  void create() {
    workspace = Workspace.create(folder);
    teacher = folder.resolve("teacher.onnx");
  }

  @Test
  void noFile() throws IOException {
    Files.delete(teacher);
    refused("there is no such file", "Correct teachers[0].onnx");
  }

  @Test
  void noOnnx() throws IOException {
    Files.writeString(teacher, "PK\u0003\u0004 this is something else");
    refused("it is no ONNX model or was cut short");
  }

  @Test
  void emptyFile() throws IOException {
    Files.write(teacher, new byte[0]);
    refused("it is empty");
  }

  @Test
  void truncated() throws IOException {
    byte[] whole = new TinyTeacher().bytes();
    Files.write(teacher, Arrays.copyOf(whole, whole.length / 2));
    refused("it is no ONNX model or was cut short", "Export it again");
  }

  @Test
  void externalData() {
    new TinyTeacher().withExternalWeights().write(teacher);
    refused("its tensor 'weights' is external data", "weights embedded");
  }

  @Test
  void answersThatAreNoNumbers() {
    new TinyTeacher().scaledBy(Float.NaN).write(teacher);
    refused("it answers row 'train-", "with NaN");
  }

  @Test
  void anotherNumberOfClasses() {
    new TinyTeacher().withClasses(4).write(teacher);
    refused("has shape [-1, 4]", "dataset.classes is 3", "[n, 3] was expected");
  }

  @Test
  void anotherWidth() {
    new TinyTeacher().withWidth(13).write(teacher);
    refused("its input has shape [-1, 13]", "rows have 12 features");
  }

  @Test
  void inputThatDoesNotExist() {
    CommandRun run =
        run("--set", "teachers=[{onnx=\"" + teacher + "\",input=image,output=logits}]");
    assertThat(run.err()).contains("it has no input 'image': it has features");
    assertThat(run.code()).isEqualTo(ExitCodes.BAD_INPUT);
  }

  @Test
  void otherNamesOfInputAndOutputAreFine() {
    new TinyTeacher().named("x", "scores").write(teacher);
    CommandRun run = run("--set", "teachers=[{onnx=\"" + teacher + "\",input=x,output=scores}]");
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
  }

  @Test
  void probabilitiesThatAreTakenForLogits() {
    new TinyTeacher().withSoftmax().write(teacher);
    refused(
        "its answers should be logits and look like probabilities, none below 0 and with the sum 1"
            + " in each row that was looked at: 64 rows. Set teachers[0].kind to probabilities, or"
            + " name logits in teachers[0].output.");
  }

  @Test
  void logitsThatAreTakenForProbabilities() {
    CommandRun run = run("--set", "teachers=[{onnx=\"" + teacher + "\",kind=probabilities}]");
    assertThat(run.err())
        .contains(
            "its answers are no probabilities: those to row 'train-",
            "Set teachers[0].kind to logits, or name probabilities in teachers[0].output.");
    assertThat(run.code()).isEqualTo(ExitCodes.BAD_INPUT);
  }

  private void refused(String... messages) {
    CommandRun run = run();
    assertThat(run.err()).startsWith("error: Cannot ").contains(messages);
    assertThat(run.err()).doesNotContain("\tat ");
    assertThat(run.code()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(workspace.output().resolve("soft-targets/versions")).doesNotExist();
  }

  private CommandRun run(String... more) {
    String[] args = new String[more.length + 2];
    args[0] = "run";
    args[1] = workspace.conf();
    System.arraycopy(more, 0, args, 2, more.length);
    return CommandRun.of(args);
  }
}
