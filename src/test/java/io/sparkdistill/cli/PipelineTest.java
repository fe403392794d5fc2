package io.sparkdistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkdistill.testing.TinyDigits;
import io.sparkdistill.testing.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole commands on a small data set, with real Parquet, ONNX Runtime and Deeplearning4j. */
class PipelineTest {
  @TempDir private Path folder;
  private Workspace workspace;

  @BeforeEach
  void create() {
    workspace = Workspace.create(folder);
  }

  @Test
  void runsFromDataToMetrics() throws IOException {
    CommandRun run = run("run");

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    JsonNode metrics = new ObjectMapper().readTree(workspace.read("out/evaluation/metrics.json"));
    assertThat(metrics.get("schemaVersion").asInt()).isEqualTo(1);
    assertThat(metrics.get("testRows").asInt()).isEqualTo(200);
    assertThat(metrics.get("models").fieldNames())
        .toIterable()
        .containsExactly("teacher", "student", "baseline");
    JsonNode student = metrics.requiredAt("/models/student");
    assertThat(student.get("parameters").asInt()).isEqualTo(12 * 16 + 16 + 16 * 3 + 3);
    assertThat(student.get("agreementWithTeacher").asDouble()).isGreaterThan(0.6);
    assertThat(student.get("bytes").asLong())
        .isEqualTo(Files.size(workspace.output().resolve("student/student.zip")));
    assertThat(metrics.requiredAt("/models/teacher").has("klToTeacher")).isFalse();
    assertThat(metrics.requiredAt("/comparisons")).hasSize(2);
    assertThat(student.requiredAt("/accuracyInterval/low").asDouble())
        .isLessThan(student.get("accuracy").asDouble());
    JsonNode gallery = new ObjectMapper().readTree(workspace.read("out/evaluation/gallery.json"));
    assertThat(gallery.get("rows")).hasSize(24);
    assertThat(run.out()).contains("teacher", "student", "baseline", "student.zip", "metrics.json");
    String report = workspace.read("out/evaluation/report.html");
    String verdict = "The student makes " + student.get("errors") + " error";
    assertThat(report)
        .contains("<h1>" + verdict)
        .contains("jobs/distill run " + workspace.conf())
        .contains("teacher.onnx", "Spark 3.", "student.hidden")
        .doesNotContain("<script");
    assertThat(run.out()).contains(verdict, "evaluation/report.html");
    assertThat(workspace.read("out/evaluation/report.md")).contains("**" + verdict);
  }

  @Test
  void computesNothingTheSecondTime() {
    assertThat(run("run").code()).isZero();
    Map<String, String> before = Workspace.contents(workspace.output());

    CommandRun again = run("run");

    assertThat(again.code()).isZero();
    assertThat(again.out()).contains("student");
    assertThat(Workspace.contents(workspace.output())).isEqualTo(before);
  }

  @Test
  void changedTemperatureRetrainsTheStudentAndNothingElse() {
    assertThat(run("run").code()).isZero();
    Map<String, String> before = Workspace.contents(workspace.output());

    assertThat(run("run", "--set", "objective.temperature=2").code()).isZero();

    Map<String, String> after = Workspace.contents(workspace.output());
    assertThat(startingWith("soft-targets", after)).isEqualTo(startingWith("soft-targets", before));
    assertThat(startingWith("test-targets", after)).isEqualTo(startingWith("test-targets", before));
    assertThat(startingWith("baseline", after)).isEqualTo(startingWith("baseline", before));
    assertThat(after).containsKeys("student/versions/2.json", "evaluation/versions/2.json");
    assertThat(after.get("student/student.zip")).isNotEqualTo(before.get("student/student.zip"));
    assertThat(after)
        .containsAllEntriesOf(startingWith("student/files", before))
        .containsAllEntriesOf(startingWith("student/versions", before));
  }

  @Test
  void eachStageWorksFromWhatTheOneBeforePublished() {
    assertThat(run("label").code()).isZero();
    assertThat(workspace.output().resolve("soft-targets/manifest.json")).exists();
    assertThat(workspace.output().resolve("student")).doesNotExist();
    assertThat(run("train").code()).isZero();
    assertThat(workspace.output().resolve("student/student.zip")).exists();
    assertThat(workspace.output().resolve("evaluation")).doesNotExist();
    assertThat(run("evaluate").code()).isZero();
    assertThat(workspace.output().resolve("evaluation/metrics.json")).exists();
  }

  @Test
  void stagesSayWhatIsMissingBeforeThem() {
    CommandRun train = run("train");
    assertThat(train.code()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(train.err()).contains("none are published in").contains("Run label first");
    assertThat(run("label").code()).isZero();
    CommandRun evaluate = run("evaluate");
    assertThat(evaluate.code()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(evaluate.err()).contains("Cannot evaluate without a student").contains("Run train");
  }

  @Test
  void refusesToEvaluateAStudentOfAnotherConfiguration() {
    assertThat(run("run").code()).isZero();

    CommandRun evaluate = run("evaluate", "--set", "objective.temperature=2");

    assertThat(evaluate.code()).isEqualTo(ExitCodes.INTEGRITY);
    assertThat(evaluate.err())
        .contains("objective.temperature is 4.0 there and 2.0 here")
        .contains("Run train");
  }

  @Test
  void sameSeedGivesTheSameStudentBitForBitFromAnotherLayoutOfFiles() {
    assertThat(run("run").code()).isZero();
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      TinyDigits.write(spark, folder.resolve("data"), 1);
    }

    assertThat(run("run", "--set", "output=" + folder + "/other").code()).isZero();

    assertThat(Workspace.contents(folder.resolve("other/student")).get("student.zip"))
        .isEqualTo(Workspace.contents(folder.resolve("out/student")).get("student.zip"));
  }

  @Test
  void anotherSeedGivesAnotherStudent() {
    assertThat(run("run").code()).isZero();
    String first = Workspace.contents(folder.resolve("out/student")).get("student.zip");

    assertThat(run("run", "--set", "training.seed=2").code()).isZero();

    assertThat(Workspace.contents(folder.resolve("out/student")).get("student.zip"))
        .isNotEqualTo(first);
  }

  @Test
  void sameRowsInOtherFilesMakeNoNewVersionAndNoNewStudent() {
    assertThat(run("run").code()).isZero();
    Map<String, String> before = Workspace.contents(workspace.output());
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      TinyDigits.write(spark, folder.resolve("data"), 2);
    }

    assertThat(run("run").code()).isZero();

    Map<String, String> after = Workspace.contents(workspace.output());
    assertThat(after).containsAllEntriesOf(before);
    assertThat(after.keySet()).noneMatch(name -> name.endsWith("versions/2.json"));
  }

  @Test
  void dryRunWritesNothing() {
    CommandRun dry = run("run", "--dry-run");

    assertThat(dry.err()).isEmpty();
    assertThat(dry.code()).isZero();
    assertThat(workspace.output()).doesNotExist();
  }

  @Test
  void dryRunOfAStageRefusesWhatTheStageWouldRefuse() {
    for (String command : new String[] {"train", "evaluate"}) {
      CommandRun dry = run(command, "--dry-run");
      assertThat(dry.code()).isEqualTo(ExitCodes.BAD_INPUT);
      assertThat(dry.err()).contains("none are published in");
    }
    assertThat(workspace.output()).doesNotExist();
  }

  @Test
  void stockEngineTrainsOnTheSameRows() throws IOException {
    CommandRun run =
        run(
            "run",
            "--set",
            "training.engine=dl4j-spark",
            "--set",
            "evaluation.baseline=false",
            "--set",
            "training.schedule=constant");

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    JsonNode metrics = new ObjectMapper().readTree(workspace.read("out/evaluation/metrics.json"));
    assertThat(metrics.requiredAt("/models/student/agreementWithTeacher").asDouble())
        .isGreaterThan(0.6);
    assertThat(metrics.has("gapClosure")).isFalse();
  }

  @Test
  void divergingTrainingPublishesNothing() {
    CommandRun run =
        run(
            "run",
            "--set",
            "training.updater={sgd{learningRate=1000}}",
            "--set",
            "training.schedule=constant",
            "--set",
            "student={hidden=[16,16,16,16],activation=leakyrelu}");

    assertThat(run.code()).isEqualTo(ExitCodes.INTERNAL);
    assertThat(run.err()).contains("no longer finite").contains("lower training.updater");
    assertThat(workspace.output().resolve("student/versions")).doesNotExist();
  }

  @Test
  void leftoversOfAKilledRunAreInvisible() throws IOException {
    Path orphan = workspace.output().resolve("soft-targets/files/orphan");
    Files.createDirectories(orphan);
    Files.writeString(orphan.resolve("part-00000.parquet"), "torn");

    assertThat(run("run").code()).isZero();

    assertThat(workspace.read("out/soft-targets/manifest.json")).doesNotContain("orphan");
    assertThat(orphan.resolve("part-00000.parquet")).exists();
  }

  @Test
  void copiesForPeopleAreRestored() throws IOException {
    assertThat(run("run").code()).isZero();
    Map<String, String> before = Workspace.contents(workspace.output());
    Files.delete(workspace.output().resolve("student/student.zip"));
    Files.writeString(workspace.output().resolve("evaluation/metrics.json"), "{}");

    assertThat(run("run").code()).isZero();

    assertThat(Workspace.contents(workspace.output())).isEqualTo(before);
  }

  private CommandRun run(String command, String... more) {
    String[] args = new String[more.length + 2];
    args[0] = command;
    args[1] = workspace.conf();
    System.arraycopy(more, 0, args, 2, more.length);
    return CommandRun.of(args);
  }

  private static Map<String, String> startingWith(String prefix, Map<String, String> contents) {
    Map<String, String> some = new java.util.TreeMap<>(contents);
    some.keySet().removeIf(name -> !name.startsWith(prefix));
    return some;
  }
}
