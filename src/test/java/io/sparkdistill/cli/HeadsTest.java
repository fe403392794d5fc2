package io.sparkdistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkdistill.student.StudentScorer;
import io.sparkdistill.testing.Fault;
import io.sparkdistill.testing.Fault.Moment;
import io.sparkdistill.testing.FaultyStore;
import io.sparkdistill.testing.TinyDigits;
import io.sparkdistill.testing.TinyTeacher;
import io.sparkdistill.testing.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One student of two heads: one learns from a teacher, the other from labels alone. */
class HeadsTest {
  private static final int BODY = 12 * 16 + 16;

  @TempDir private Path folder;

  @Test
  void headsAreTrainedTogetherAndEachIsAStudent() throws IOException {
    Workspace workspace = Workspace.create(folder);
    try (SparkSession spark = SparkSession.builder().master("local[2]").getOrCreate()) {
      write(spark, "train", 600, 1);
      write(spark, "test", 200, 2);
    }
    workspace.writeConf(
        """
        heads = [
          { name = digit }
          { name = parity, weight = 0.5, dataset { label = parity, classes = 2,
              unlabelled = teacher-alone }, teachers = [], objective.softWeight = 0 }
        ]
        training.validation { fraction = 0.1 }
        training.checkpoint { everyRounds = 1 }
        """);

    CommandRun planned = CommandRun.of("run", workspace.conf(), "--dry-run");
    assertThat(planned.err()).isEmpty();
    assertThat(planned.code()).isZero();
    assertThat(workspace.output()).doesNotExist();

    CommandRun run = CommandRun.of("run", workspace.conf());
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    List<String> lines = run.out().lines().toList();
    assertThat(lines.get(lines.size() - 2)).startsWith("digit: The student makes ");
    assertThat(lines.get(lines.size() - 1)).startsWith("parity: The student makes ");
    assertThat(models(workspace, "digit").fieldNames())
        .toIterable()
        .containsExactly("teacher", "student", "baseline");
    assertThat(models(workspace, "parity").fieldNames())
        .toIterable()
        .containsExactly("student", "baseline");
    assertThat(models(workspace, "digit").requiredAt("/student/errors").asInt()).isLessThan(100);
    assertThat(models(workspace, "parity").requiredAt("/student/errors").asInt()).isLessThan(100);
    requireColumns(workspace, "student");
    requireColumns(workspace, "baseline");
    assertThat(workspace.read("out/student/rounds.csv"))
        .contains(",digit.softLoss,", ",parity.hardLoss,");
    JsonNode manifest = json(workspace, "out/student/manifest.json");
    assertThat(manifest.requiredAt("/inputs/heads.digit.columns").asText()).isEqualTo("0 to 2");
    assertThat(manifest.requiredAt("/inputs/heads.parity.columns").asText()).isEqualTo("3 to 4");
    assertThat(manifest.requiredAt("/facts/heads.parity.unlabelledRows").asInt()).isEqualTo(60);
    assertThat(workspace.output().resolve("heads/parity/evaluation/report.html")).isNotEmptyFile();

    Map<String, String> before = Workspace.contents(workspace.output());
    assertThat(CommandRun.of("run", workspace.conf()).code()).isZero();
    assertThat(Workspace.contents(workspace.output())).isEqualTo(before);
    assertThat(CommandRun.of("verify", workspace.conf()).err()).isEmpty();
    CommandRun tuned = CommandRun.of("tune", workspace.conf());
    assertThat(tuned.code()).isEqualTo(ExitCodes.CONFIGURATION);
    assertThat(tuned.err()).contains("trials have one head, and it has several: [digit, parity]");
    CommandRun back = CommandRun.of("rollback", workspace.conf());
    assertThat(back.code()).isEqualTo(ExitCodes.CONFIGURATION);
    assertThat(back.err()).contains("Name one with --head.");
    exportsTheHeadThatIsToBe(workspace);
  }

  @Test
  void aBaselineOfAHeadWithoutLabelsIsRefusedBeforeTheStudentIsTrained() {
    Workspace workspace = Workspace.create(folder);
    try (SparkSession spark = SparkSession.builder().master("local[2]").getOrCreate()) {
      write(spark, "train", 60, 1, i -> false);
      write(spark, "test", 30, 2, i -> true);
    }
    Path teacher = new TinyTeacher().withClasses(2).write(folder.resolve("parity.onnx"));
    workspace.writeConf(
        """
        training.epochs = 1
        heads = [
          { name = digit }
          { name = parity, teachers = [{ onnx = "%s" }], dataset { label = parity, classes = 2,
              unlabelled = teacher-alone } }
        ]
        """
            .formatted(teacher));

    CommandRun run = CommandRun.of("run", workspace.conf());

    assertThat(run.err())
        .contains(
            "Cannot train a baseline of head 'parity' beside the student, no row has a label: 60"
                + " rows. Label some, or set evaluation.baseline to false.");
    assertThat(run.code()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(workspace.output().resolve("student")).doesNotExist();
  }

  private static void exportsTheHeadThatIsToBe(Workspace workspace) {
    workspace.write(
        "distill.conf",
        workspace
            .read("distill.conf")
            .replace("{ name = digit }", "{ name = digit, export.onnx = true }"));

    CommandRun export = CommandRun.of("export", workspace.conf());

    assertThat(export.err()).isEmpty();
    assertThat(export.code()).isZero();
    assertThat(workspace.output().resolve("heads/digit/student/student.onnx")).isNotEmptyFile();
    assertThat(workspace.output().resolve("heads/parity/export")).doesNotExist();
    CommandRun nobody =
        CommandRun.of(
            "export", workspace.conf(), "--set", "heads=[{ name = digit }, { name = odd }]");
    assertThat(nobody.code()).isEqualTo(ExitCodes.CONFIGURATION);
    assertThat(nobody.err()).contains("Cannot export, export.onnx is false. Set it to true.");
    releasesTheHeadThatIsToBe(workspace);
  }

  private static void releasesTheHeadThatIsToBe(Workspace workspace) {
    Path place = workspace.folder().resolve("models");
    workspace.write(
        "distill.conf",
        workspace
            .read("distill.conf")
            .replace("export.onnx = true }", "release.publishTo = \"" + place + "\" }"));

    CommandRun release = CommandRun.of("release", workspace.conf());

    assertThat(release.err()).isEmpty();
    assertThat(release.out()).contains("release: version 1 is in use now").doesNotContain("parity");
    assertThat(place.resolve("versions/000001/student.zip")).isNotEmptyFile();
    CommandRun again = run("rollback", workspace, "--head", "digit", "--to", "1");
    assertThat(again.err()).isEmpty();
    assertThat(again.out()).isEqualTo("rollback: up to date (version 1 is in use)\n");
    CommandRun other = run("rollback", workspace, "--head", "parity");
    assertThat(other.err())
        .startsWith("error: Cannot release, no place is configured for it: release.publishTo");
    assertThat(other.code()).isEqualTo(ExitCodes.CONFIGURATION);
    CommandRun nobody = run("rollback", workspace, "--head", "odd");
    assertThat(nobody.err())
        .isEqualTo(
            "error: Cannot use head odd, the student has no such head: [digit, parity]. Give one of"
                + " these.\n");
    assertThat(nobody.code()).isEqualTo(ExitCodes.CONFIGURATION);
  }

  @Test
  void aHeadAloneIsTheStudentThatItWouldBeWithoutHeadsAlsoWhenItsTrainingStopped()
      throws IOException {
    Workspace workspace = Workspace.create(folder);
    workspace.writeConf("training.epochs = 1\nevaluation.baseline = false");
    String heads = "heads=[{ name = digit }]";
    Path other = folder.resolve("other");
    for (String command : List.of("label", "train")) {
      assertThat(CommandRun.of(command, workspace.conf()).err()).isEmpty();
    }
    String[] settings = {"--set", heads, "--set", "output=" + other};
    assertThat(run("label", workspace, settings).err()).isEmpty();
    CommandRun stopped =
        CommandRun.stoppedAt(
            "heads: all together",
            "train",
            workspace.conf(),
            "--set",
            heads,
            "--set",
            "output=" + other);
    assertThat(stopped.err())
        .startsWith("error: Cannot go on with the next stage, the process was asked to stop. ");
    assertThat(stopped.code()).isEqualTo(ExitCodes.TRANSIENT);
    assertThat(other.resolve("student")).doesNotExist();
    stopAfterCheckpoint(workspace, heads, other);
    CommandRun again = run("train", workspace, settings);
    assertThat(again.err()).isEmpty();
    assertThat(again.said()).contains("student: goes on from checkpoint 2, after round 2");

    assertThat(other.resolve("checkpoints")).doesNotExist();
    Path alone = workspace.output().resolve("student/student.zip");
    assertThat(other.resolve("heads/digit/student/student.zip"))
        .hasBinaryContent(Files.readAllBytes(alone));
  }

  /** The third is not written, for its number is taken by something else. */
  private void stopAfterCheckpoint(Workspace workspace, String heads, Path output)
      throws IOException {
    Path third = output.resolve("checkpoints/student/versions/3.json");
    FaultyStore store =
        FaultyStore.of(
            FaultyStore.STORE,
            folder,
            Fault.shell(
                Moment.CREATING, "checkpoints/student/versions/3.json", "echo other >" + third));
    // A store locks by a file that is there, and this one was left by a lock of another kind.
    Files.delete(output.resolve(".lock"));
    store.settings().forEach((key, value) -> System.setProperty("spark.hadoop." + key, value));
    try {
      String place = "output=\"" + store.uri(output) + "\"";
      String often = "training.checkpoint.everyRounds=1";
      CommandRun stopped = run("train", workspace, "--set", heads, "--set", place, "--set", often);
      assertThat(stopped.code()).as(stopped.err()).isEqualTo(ExitCodes.CONFLICT);
    } finally {
      store.settings().keySet().forEach(key -> System.clearProperty("spark.hadoop." + key));
    }
    Files.delete(third);
  }

  private static CommandRun run(String command, Workspace workspace, String... more) {
    return CommandRun.of(
        Stream.concat(Stream.of(command, workspace.conf()), Stream.of(more))
            .toArray(String[]::new));
  }

  /** Bodies are the same bits, and heads are the columns of the whole. */
  private void requireColumns(Workspace workspace, String model) throws IOException {
    float[] whole = numbers(workspace, model);
    float[] digit = numbers(workspace, "heads/digit/" + model);
    float[] parity = numbers(workspace, "heads/parity/" + model);
    assertThat(whole).hasSize(BODY + 16 * 5 + 5);
    assertThat(Arrays.copyOf(digit, BODY)).isEqualTo(Arrays.copyOf(whole, BODY));
    assertThat(Arrays.copyOf(parity, BODY)).isEqualTo(Arrays.copyOf(whole, BODY));
    assertThat(Arrays.copyOfRange(digit, BODY, BODY + 48))
        .isEqualTo(Arrays.copyOfRange(whole, BODY, BODY + 48));
    assertThat(Arrays.copyOfRange(parity, BODY, BODY + 32))
        .isEqualTo(Arrays.copyOfRange(whole, BODY + 48, BODY + 80));
    assertThat(Arrays.copyOfRange(parity, BODY + 32, BODY + 34))
        .isEqualTo(Arrays.copyOfRange(whole, BODY + 83, BODY + 85));
  }

  private static float[] numbers(Workspace workspace, String place) throws IOException {
    byte[] zip = Files.readAllBytes(workspace.output().resolve(place + "/student.zip"));
    return StudentScorer.open(zip, place).numbers();
  }

  private static JsonNode models(Workspace workspace, String head) throws IOException {
    return json(workspace, "out/heads/" + head + "/evaluation/metrics.json").get("models");
  }

  private static JsonNode json(Workspace workspace, String file) throws IOException {
    return new ObjectMapper().readTree(workspace.read(file));
  }

  /** With the label's parity; of one training row in ten nobody knows it. */
  private void write(SparkSession spark, String name, int count, long seed) {
    boolean test = name.equals("test");
    write(spark, name, count, seed, i -> test || i % 10 != 0);
  }

  private void write(SparkSession spark, String name, int count, long seed, IntPredicate isKnown) {
    StructType schema = TinyDigits.schema().add("parity", DataTypes.IntegerType);
    List<Row> rows = TinyDigits.rows(name, count, seed);
    List<Row> both =
        IntStream.range(0, count)
            .mapToObj(
                i -> {
                  Row row = rows.get(i);
                  Integer parity = isKnown.test(i) ? row.getInt(2) % 2 : null;
                  return RowFactory.create(row.get(0), row.get(1), row.get(2), parity);
                })
            .toList();
    TinyDigits.write(spark, both, schema, folder.resolve("data").resolve(name), 3);
  }
}
