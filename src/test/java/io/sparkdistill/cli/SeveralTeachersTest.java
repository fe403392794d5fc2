package io.sparkdistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkdistill.testing.AnsweredDigits;
import io.sparkdistill.testing.TinyStudent;
import io.sparkdistill.testing.TinyTeacher;
import io.sparkdistill.testing.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole commands with several teachers. */
class SeveralTeachersTest {
  @TempDir private Path folder;
  private Workspace workspace;
  private String onnx;
  private String student;

  @BeforeEach
  void create() {
    workspace = Workspace.create(folder);
    new TinyTeacher().scaledBy(1).write(folder.resolve("weak.onnx"));
    onnx = "name = weak, onnx = \"" + folder.resolve("weak.onnx") + "\"";
    student = "name = linear, dl4j = \"" + TinyStudent.write(folder.resolve("tiny.zip")) + "\"";
  }

  @Test
  void teachersOfTwoKindsAreCachedApartAndJudgedTogetherAndAlone() throws IOException {
    teach(onnx, student);

    CommandRun run = run("run");

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    JsonNode metrics = metrics();
    assertThat(metrics.requiredAt("/models").fieldNames())
        .toIterable()
        .containsExactly("teacher", "student", "baseline");
    assertThat(metrics.requiredAt("/teachers").fieldNames())
        .toIterable()
        .containsExactly("weak", "linear");
    assertThat(metrics.requiredAt("/models/teacher/parameters").asInt()).isEqualTo(36 + 39);
    assertThat(metrics.requiredAt("/teachers/weak/parameters").asInt()).isEqualTo(36);
    double together = metrics.requiredAt("/models/teacher/nll").asDouble();
    double weak = metrics.requiredAt("/teachers/weak/nll").asDouble();
    double linear = metrics.requiredAt("/teachers/linear/nll").asDouble();
    assertThat(together).isLessThan(Math.max(weak, linear));
    assertThat(run.out()).contains("- weak", "- linear");
    CommandRun verified = run("verify", "--sample", "5");
    assertThat(verified.err()).isEmpty();
    assertThat(verified.code()).isZero();
    CommandRun pruned = run("prune", "--dry-run");
    assertThat(pruned.err()).isEmpty();
    assertThat(pruned.out()).contains("soft-targets-weak", "test-targets-linear");
  }

  @Test
  void aTeacherThatComesLabelsAloneAndOneThatGoesOrWeighsMoreLabelsNothing() {
    teach(onnx);
    assertThat(run("run").code()).isZero();
    Map<String, String> alone = Workspace.contents(workspace.output());
    assertThat(alone).containsKey("soft-targets-weak/manifest.json");

    teach(onnx, student);
    assertThat(run("run").code()).isZero();
    Map<String, String> both = Workspace.contents(workspace.output());
    assertThat(startingWith("soft-targets-weak", both))
        .isEqualTo(startingWith("soft-targets-weak", alone));
    assertThat(both).containsKeys("soft-targets-linear/manifest.json", "student/versions/2.json");

    teach(onnx + ", weight = 3", student);
    assertThat(run("run").code()).isZero();
    Map<String, String> heavier = Workspace.contents(workspace.output());
    assertThat(startingWith("soft-targets", heavier)).isEqualTo(startingWith("soft-targets", both));
    assertThat(startingWith("baseline", heavier)).isEqualTo(startingWith("baseline", both));
    assertThat(heavier.get("student/student.zip")).isNotEqualTo(both.get("student/student.zip"));
  }

  @Test
  void aTeacherMaySeeOtherInputsThanTheStudent() throws IOException {
    AnsweredDigits.logits(1).write(folder.resolve("data"));
    new TinyTeacher().withWidth(3).write(folder.resolve("other.onnx"));
    String other =
        "name = other, features = answers, onnx = \"" + folder.resolve("other.onnx") + "\"";
    teach(other, student);

    CommandRun run =
        run(
            "run",
            "--set",
            "softTargets.includeFeatures=false",
            "--set",
            "evaluation.baseline=false",
            "--set",
            "release.publishTo=" + folder.resolve("models"));

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(workspace.read("models/versions/000001/model-card.md"))
        .contains("| features of a row | 12 | 12 |");
    // The same answers, from the sums of the same features.
    assertThat(metrics().requiredAt("/teachers/other/errors"))
        .isEqualTo(metrics().requiredAt("/teachers/linear/errors"));
    assertThat(metrics().requiredAt("/models/student/parameters").asInt())
        .isEqualTo(12 * 16 + 16 + 16 * 3 + 3);
  }

  @Test
  void studentIsTrainedAgainWhereItSeesTheInputsOfTheOtherTeacher() throws IOException {
    AnsweredDigits.logits(1).write(folder.resolve("data"));
    new TinyTeacher().withWidth(3).write(folder.resolve("other.onnx"));
    teach(
        "name = other, features = answers, onnx = \"" + folder.resolve("other.onnx") + "\"",
        student + ", features = features");
    assertThat(run("label").err()).isEmpty();
    assertThat(run("train").err()).isEmpty();

    CommandRun again = run("train", "--set", "dataset.features=answers");

    assertThat(again.err()).isEmpty();
    assertThat(workspace.output().resolve("student/versions/2.json")).exists();
    assertThat(run("train", "--set", "dataset.features=answers").err()).isEmpty();
    assertThat(workspace.output().resolve("student/versions/3.json")).doesNotExist();
  }

  @Test
  void sameCachesServeEachCombinationAndGiveTheSameStudentAgain() {
    teach(onnx, student);
    assertThat(combined("random").err()).isEmpty();
    Map<String, String> first = Workspace.contents(workspace.output());

    assertThat(combined("label").err()).isEmpty();
    assertThat(workspace.read("out/student/manifest.json"))
        .contains("\"ensemble.order\" : \"weak, linear\"");
    String other = Workspace.contents(workspace.output()).get("student/student.zip");
    assertThat(combined("random").err()).isEmpty();

    Map<String, String> again = Workspace.contents(workspace.output());
    assertThat(again).containsKey("student/versions/3.json");
    assertThat(again.get("student/student.zip"))
        .isEqualTo(first.get("student/student.zip"))
        .isNotEqualTo(other);
    assertThat(startingWith("soft-targets", again)).isEqualTo(startingWith("soft-targets", first));
  }

  private CommandRun combined(String combine) {
    return run("run", "--set", "ensemble.combine=" + combine, "--set", "evaluation.baseline=false");
  }

  @Test
  void refusesTeachersThatDidNotAnswerTheSameRows() {
    teach(onnx);
    assertThat(run("label").code()).isZero();
    new AnsweredDigits(1).write(folder.resolve("data"), 599);
    teach(student);
    assertThat(run("label").code()).isZero();
    teach(onnx, student);

    CommandRun train = run("train");

    assertThat(train.code()).isEqualTo(ExitCodes.INTEGRITY);
    assertThat(train.err())
        .contains(
            "Cannot combine the soft targets of teachers 'weak' and 'linear'",
            "examples.sha256 is ",
            "Run label");
  }

  private void teach(String... teachers) {
    workspace.writeConf(
        "training.epochs = 1, teachers = [{ " + String.join(" }, { ", teachers) + " }]");
  }

  private JsonNode metrics() throws IOException {
    return new ObjectMapper().readTree(workspace.read("out/evaluation/metrics.json"));
  }

  private CommandRun run(String command, String... more) {
    return CommandRun.of(concat(new String[] {command, workspace.conf()}, more));
  }

  private static String[] concat(String[] some, String[] more) {
    String[] all = java.util.Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }

  private static Map<String, String> startingWith(String prefix, Map<String, String> contents) {
    Map<String, String> some = new TreeMap<>(contents);
    some.keySet().removeIf(name -> !name.startsWith(prefix));
    return some;
  }
}
