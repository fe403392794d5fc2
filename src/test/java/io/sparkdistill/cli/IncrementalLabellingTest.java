package io.sparkdistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkdistill.testing.TinyDigits;
import io.sparkdistill.testing.TinyTeacher;
import io.sparkdistill.testing.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was labelled once is not labelled again, whatever happens around it. */
class IncrementalLabellingTest {
  private static final int PARTITION_ROWS = 20;

  @TempDir private Path folder;
  private Workspace workspace;
  private Path train;

  @BeforeEach
  void createTenPartitions() throws IOException {
    workspace = Workspace.create(folder);
    train = folder.resolve("data/train");
    FileUtils.deleteDirectory(train.toFile());
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      for (int i = 0; i < 10; i++) {
        write(spark, i, rows(i, i));
      }
    }
  }

  @Test
  void ofTenPartitionsTheAddedAndTheChangedOneAreScored() throws IOException {
    label();
    assertThat(inspect().get("rowsScored").asInt()).isEqualTo(200);
    writePartition(3, 33);
    writePartition(10, 10);

    label();

    JsonNode report = inspect();
    assertThat(report.get("version").asInt()).isEqualTo(2);
    assertThat(report.get("rows").asInt()).isEqualTo(220);
    assertThat(report.get("rowsScored").asInt()).isEqualTo(40);
    assertThat(scoredPartitions(report)).containsOnlyKeys("part=10", "part=3");
    assertThat(run("verify").code()).isZero();
  }

  @Test
  void fileOfTheCacheThatIsDamagedIsNotTakenForOneOfTheData() throws IOException {
    label();
    Path damaged = Labelled.in(workspace).parts().get(0);
    byte[] bytes = Files.readAllBytes(damaged);
    Arrays.fill(bytes, 4, bytes.length / 2, (byte) 0x55);
    Files.write(damaged, bytes);
    Files.deleteIfExists(damaged.resolveSibling("." + damaged.getFileName() + ".crc"));
    writePartition(10, 10);

    Labelled.requireRefused(
        run("label"), ExitCodes.INTEGRITY, damaged.getFileName().toString(), "its SHA-256 is ");
  }

  @Test
  void filesThatWereTouchedOrRenamedAreRecognisedByTheirRows() throws IOException {
    label();
    String content = inspect().get("contentSha256").asText();
    Path touched = parquet(3);
    Files.setLastModifiedTime(touched, FileTime.fromMillis(1_000_000_000_000L));
    Files.move(parquet(5), parquet(5).resolveSibling("renamed.parquet"));
    writePartition(10, 10);

    label();

    JsonNode report = inspect();
    assertThat(report.get("rowsScored").asInt()).isEqualTo(PARTITION_ROWS);
    assertThat(scoredPartitions(report)).containsOnlyKeys("part=10");
    FileUtils.deleteDirectory(train.resolve("part=10").toFile());
    label();
    assertThat(inspect().get("contentSha256").asText()).isEqualTo(content);
    assertThat(run("verify").code()).isZero();
  }

  private Path parquet(int part) throws IOException {
    try (Stream<Path> files = Files.list(train.resolve("part=" + part))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
  }

  @Test
  void anotherTeacherMakesAnotherVersionAndTheOldAnswersStay() throws IOException {
    label();
    String content = inspect().get("contentSha256").asText();
    byte[] teacher = Files.readAllBytes(folder.resolve("teacher.onnx"));
    new TinyTeacher().scaledBy(2).write(folder.resolve("teacher.onnx"));
    label();
    assertThat(inspect().get("rowsScored").asInt()).isEqualTo(200);
    assertThat(inspect().get("contentSha256").asText()).isNotEqualTo(content);
    Files.write(folder.resolve("teacher.onnx"), teacher);

    label();

    JsonNode report = inspect();
    assertThat(report.get("version").asInt()).isEqualTo(3);
    assertThat(report.get("rowsScored").asInt()).isZero();
    assertThat(report.get("contentSha256").asText()).isEqualTo(content);
    assertThat(run("verify").code()).isZero();
  }

  @Test
  void removedPartitionLeavesTheNextVersionAndNothingIsScored() throws IOException {
    label();
    FileUtils.deleteDirectory(train.resolve("part=4").toFile());

    label();

    JsonNode report = inspect();
    assertThat(report.get("rows").asInt()).isEqualTo(180);
    assertThat(report.get("rowsScored").asInt()).isZero();
    assertThat(report.get("versions")).hasSize(2);
  }

  @Test
  void whatAKilledRunCommittedIsNotScoredAgain() throws IOException {
    label();
    String content = inspect().get("contentSha256").asText();
    Path cache = workspace.output().resolve("soft-targets");
    FileUtils.deleteDirectory(cache.resolve("versions").toFile());
    Files.delete(cache.resolve("manifest.json"));
    int lost = 0;
    for (Path shard : shards(cache)) {
      if (lost < 3) {
        Files.delete(shard);
        lost++;
      }
    }

    label();

    JsonNode report = inspect();
    assertThat(report.get("rows").asInt()).isEqualTo(200);
    assertThat(report.get("rowsScored").asInt()).isEqualTo(3 * PARTITION_ROWS);
    assertThat(report.get("contentSha256").asText()).isEqualTo(content);
    assertThat(run("verify").code()).isZero();
  }

  @Test
  void aShardWhoseFileWasCutBeforeItWasPublishedIsLabelledAgain() throws IOException {
    label();
    String content = inspect().get("contentSha256").asText();
    Path cache = workspace.output().resolve("soft-targets");
    FileUtils.deleteDirectory(cache.resolve("versions").toFile());
    byte[] bytes = Files.readAllBytes(part());
    Files.write(part(), java.util.Arrays.copyOf(bytes, bytes.length - 7));

    label();

    assertThat(inspect().get("rowsScored").asInt()).isEqualTo(PARTITION_ROWS);
    assertThat(inspect().get("contentSha256").asText()).isEqualTo(content);
    assertThat(run("verify").code()).isZero();
  }

  @Test
  void contentDigestDependsNeitherOnOrderNorOnFiles() throws IOException {
    label();
    String content = inspect().get("contentSha256").asText();
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      Path other = folder.resolve("other");
      spark
          .read()
          .parquet(train.toString())
          .orderBy("features")
          .coalesce(1)
          .write()
          .parquet(other.toString());
    }

    CommandRun run =
        run(
            "label",
            "--set",
            "dataset.train.path=" + folder + "/other",
            "--set",
            "output=" + folder + "/again");

    assertThat(run.err()).isEmpty();
    assertThat(inspect(folder.resolve("again")).get("contentSha256").asText()).isEqualTo(content);
  }

  @Test
  void badRowsAreSetAsideWithTheirReasonUpToTheBound() throws IOException {
    List<Row> rows = rows(5, 5);
    rows.set(2, RowFactory.create("bad-label", rows.get(2).get(1), 7));
    rows.set(3, RowFactory.create("bad-width", List.of(1f, 2f), 1));
    write(5, rows);

    CommandRun refused = run("label", "--set", "softTargets.maxBadRows=1");
    assertThat(refused.code()).isEqualTo(ExitCodes.BAD_INPUT);
    CommandRun accepted = run("label", "--set", "softTargets.maxBadRows=2");

    assertThat(accepted.err()).isEmpty();
    JsonNode report = inspect();
    assertThat(report.get("rows").asInt()).isEqualTo(198);
    assertThat(report.get("quarantinedRows").asInt()).isEqualTo(2);
    Map<String, String> reasons = new TreeMap<>();
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      spark
          .read()
          .parquet(workspace.output() + "/soft-targets/files/quarantine-*")
          .collectAsList()
          .forEach(row -> reasons.put(row.getAs("id"), row.getAs("reason")));
    }
    assertThat(reasons)
        .containsOnly(
            Map.entry("bad-label", "has label 7, which is not from 0 to 2"),
            Map.entry("bad-width", "has 2 features instead of 12"));
    assertThat(run("label").code()).isEqualTo(ExitCodes.BAD_INPUT);
    CommandRun planned = run("label", "--dry-run");
    assertThat(planned.code()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(planned.err())
        .contains("more rows are bad than softTargets.maxBadRows allows: 2 instead of 0.");
  }

  @Test
  void dryRunMissesAFileThatLabellingWouldMiss() throws IOException {
    label();
    Path part = part();
    Files.delete(part);

    CommandRun planned = run("label", "--dry-run");
    assertThat(planned.code()).isEqualTo(ExitCodes.INTEGRITY);
    assertThat(planned.err()).isEqualTo(run("label").err());
  }

  @Test
  void verifyFindsAByteThatNobodyElseLooksAt() throws IOException {
    label();
    CommandRun sampled = run("verify", "--sample", "20");
    assertThat(sampled.code()).isZero();
    assertThat(sampled.said().get(0))
        .startsWith("soft-targets: version 1 is what was published: ")
        .contains("; the teacher was asked about 20 of them again: mean |difference| ")
        .endsWith(" nats, 0 answers with another largest class");
    Path part = part();
    byte[] bytes = Files.readAllBytes(part);
    bytes[bytes.length / 3] ^= 4;
    Files.write(part, bytes);
    Files.deleteIfExists(part.resolveSibling("." + part.getFileName() + ".crc"));

    CommandRun verify = run("verify");

    assertThat(verify.code()).isEqualTo(ExitCodes.INTEGRITY);
    assertThat(verify.err())
        .startsWith("error: Cannot accept the soft targets in")
        .contains("1 of 10 files are not what was published", part.getFileName().toString());
  }

  @Test
  void inspectExplainsForPeopleAndRefusesWhatIsNoCache() {
    label();
    CommandRun text = CommandRun.of("inspect", workspace.output() + "/soft-targets");
    assertThat(text.code()).isZero();
    assertThat(text.out())
        .contains("codec           float16", "200 of 12 features", "part=7", "1 of [1]");
    CommandRun nothing = CommandRun.of("inspect", folder + "/nowhere");
    assertThat(nothing.code()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(nothing.err()).contains("no soft targets are published there");
  }

  @Test
  void dryRunSaysHowMuchThereIsToDo() {
    CommandRun dry = run("label", "--dry-run");
    assertThat(dry.err()).isEmpty();
    assertThat(dry.code()).isZero();
    assertThat(dry.said())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .matches(
                        "soft-targets: would label about 200 rows in 10 shards, 0\\.0 MB of features"
                            + " before compression; the teacher answers [0-9,]+ rows a second on"
                            + " one core, so it takes about [0-9,]+ s on 2"),
            line -> assertThat(line).startsWith("test-targets: would label about 200 rows in "));
    assertThat(workspace.output()).doesNotExist();
  }

  private void writePartition(int partition, long seed) {
    write(partition, rows(partition, seed));
  }

  private static List<Row> rows(int partition, long seed) {
    return new ArrayList<>(TinyDigits.rows("p" + partition, PARTITION_ROWS, seed));
  }

  private void write(int partition, List<Row> rows) {
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      write(spark, partition, rows);
    }
  }

  private void write(SparkSession spark, int partition, List<Row> rows) {
    TinyDigits.write(spark, rows, TinyDigits.schema(), train.resolve("part=" + partition), 1);
  }

  private void label() {
    CommandRun run = run("label");
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
  }

  private CommandRun run(String command, String... more) {
    List<String> args = new ArrayList<>(List.of(command, workspace.conf()));
    args.addAll(List.of(more));
    return CommandRun.of(args.toArray(new String[0]));
  }

  private JsonNode inspect() throws IOException {
    return inspect(workspace.output());
  }

  private static JsonNode inspect(Path output) throws IOException {
    CommandRun run = CommandRun.of("inspect", output + "/soft-targets", "--json");
    assertThat(run.err()).isEmpty();
    return new ObjectMapper().readTree(run.out());
  }

  private static Map<String, Long> scoredPartitions(JsonNode report) {
    Map<String, Long> scored = new TreeMap<>();
    for (JsonNode partition : report.get("partitions")) {
      if (partition.get("rowsScored").asLong() > 0) {
        scored.put(partition.get("partition").asText(), partition.get("rowsScored").asLong());
      }
    }
    return scored;
  }

  private static List<Path> shards(Path cache) throws IOException {
    try (Stream<Path> files = Files.walk(cache.resolve("shards"))) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  private Path part() throws IOException {
    try (Stream<Path> files = Files.list(workspace.output().resolve("soft-targets/files"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("part-"))
          .sorted()
          .findFirst()
          .orElseThrow();
    }
  }
}
