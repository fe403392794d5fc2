package io.sparkdistill.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkdistill.config.reading.ConfigLoader;
import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.golden.GoldenRows;
import io.sparkdistill.softtargets.CacheDirectory;
import io.sparkdistill.softtargets.CacheVerification;
import io.sparkdistill.softtargets.Shard;
import io.sparkdistill.softtargets.SoftTarget;
import io.sparkdistill.softtargets.codec.LogitCodec;
import io.sparkdistill.storage.Manifest;
import io.sparkdistill.storage.StageDirectory;
import io.sparkdistill.student.StudentScorer;
import io.sparkdistill.testing.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every schema version's build once wrote is read exactly, or refused in plain words. */
class GoldenTest {
  private static final Path GOLDEN =
      Path.of(System.getProperty("distill.root"), "src/test/resources/golden");
  private static final String OF_THIS_BUILD = "cache-v" + Shard.SCHEMA_VERSION;

  @TempDir private Path folder;

  static Stream<String> readCaches() throws IOException {
    return caches().filter(cache -> cache.startsWith(OF_THIS_BUILD + "/"));
  }

  static Stream<String> refusedCaches() throws IOException {
    return caches().filter(cache -> !cache.startsWith(OF_THIS_BUILD + "/"));
  }

  @Test
  void everySchemaVersionUpToThisBuildsHasItsFiles() {
    for (int version = 1; version <= Shard.SCHEMA_VERSION; version++) {
      assertThat(GOLDEN.resolve("cache-v" + version)).isDirectory();
    }
    for (int version = 1; version <= Manifest.SCHEMA_VERSION; version++) {
      assertThat(GOLDEN.resolve("student-v" + version)).isDirectory();
    }
  }

  @ParameterizedTest
  @MethodSource("readCaches")
  void rowsOfACacheAreReadAsTheyWereWritten(String cache) throws IOException {
    List<JsonNode> expected = lines(GOLDEN.resolve(cache).resolve("rows.jsonl"));
    List<SoftTarget> rows;
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      CacheDirectory directory = directory(cache);
      rows =
          new ArrayList<>(
              directory
                  .reader(spark, codec(cache))
                  .verified(directory.index(directory.current().orElseThrow()))
                  .collect());
    }
    rows.sort(Comparator.comparing(SoftTarget::id).thenComparing(SoftTarget::view));

    assertThat(rows).hasSameSizeAs(expected);
    for (int i = 0; i < rows.size(); i++) {
      JsonNode row = expected.get(i);
      assertThat(rows.get(i).id()).isEqualTo(row.get("id").asText());
      assertThat(rows.get(i).view()).isEqualTo(row.get("view").asInt());
      assertThat(rows.get(i).label()).isEqualTo(row.get("label").asInt());
      assertThat(rows.get(i).features()).containsExactly(floats(row.path("features")));
      assertThat(rows.get(i).logits()).containsExactly(floats(row.get("logits")));
    }
  }

  @ParameterizedTest
  @MethodSource("readCaches")
  void allColumnsOfACacheAreWhatSparkSqlOnceShowed(String cache) throws IOException {
    List<JsonNode> expected = lines(GOLDEN.resolve(cache).resolve("rows.jsonl"));
    List<JsonNode> found = new ArrayList<>();
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      for (String line : GoldenRows.of(spark, directory(cache))) {
        found.add(new ObjectMapper().readTree(line));
      }
    }
    assertThat(found).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("readCaches")
  void digestsOfACacheAreStillThoseOfItsRows(String cache) throws IOException {
    JsonNode report = json(GOLDEN.resolve(cache).resolve("report.json"));
    CacheDirectory directory = directory(cache);
    Manifest manifest = directory.current().orElseThrow();
    assertThat(manifest.facts())
        .containsEntry("content.sha256", report.get("contentSha256").asText());
    assertThat(directory.index(manifest).contentSha256())
        .isEqualTo(report.get("contentSha256").asText());
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      assertThat(new CacheVerification(spark, directory, codec(cache)).verify(manifest))
          .isEqualTo(report.get("rows").asLong());
    }
  }

  @ParameterizedTest
  @MethodSource("readCaches")
  void inspectSaysAllThatItOnceSaid(String cache) throws IOException {
    CommandRun run =
        CommandRun.of("inspect", GOLDEN.resolve(cache).resolve("soft-targets") + "", "--json");

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    JsonNode found = new ObjectMapper().readTree(run.out());
    for (Map.Entry<String, JsonNode> field :
        json(GOLDEN.resolve(cache).resolve("report.json")).properties()) {
      assertThat(found.get(field.getKey())).as(field.getKey()).isEqualTo(field.getValue());
    }
  }

  @Test
  void studentsLearnFromAnEarlierCache() throws IOException {
    CommandRun run = CommandRun.of("train", conf(OF_THIS_BUILD + "/float16"));

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(folder.resolve("out/student/student.zip")).exists();
  }

  @ParameterizedTest
  @MethodSource("refusedCaches")
  void cacheOfAnotherSchemaVersionIsRefusedAndStaysAsItIs(String cache) throws IOException {
    String conf = conf(cache);
    Path softTargets = folder.resolve("out/soft-targets");
    Map<String, String> before = Workspace.contents(folder);

    for (List<String> command :
        List.of(
            List.of("inspect", softTargets.toString()),
            List.of("label", conf),
            List.of("label", conf, "--dry-run"),
            List.of("train", conf),
            List.of("verify", conf),
            List.of("prune", conf),
            List.of("run", conf))) {
      CommandRun run = CommandRun.of(command.toArray(new String[0]));

      assertThat(run.code()).as(command.toString()).isEqualTo(ExitCodes.INTEGRITY);
      assertThat(run.err())
          .as(command.toString())
          .isEqualToIgnoringNewLines(
              "error: Cannot read the soft targets in "
                  + softTargets
                  + ", they are of another format: schema version "
                  + cache.replaceAll("cache-v(\\d+)/.*", "$1")
                  + ", and this build reads schema version "
                  + Shard.SCHEMA_VERSION
                  + ". Use the release that wrote them, or label into another output.");
    }
    assertThat(Workspace.contents(folder)).isEqualTo(before);
  }

  @Test
  void studentGivesTheAnswersThatItOnceGave() throws IOException {
    Path golden = GOLDEN.resolve("student-v1");
    StageDirectory stage = stage(golden, "student");
    StudentScorer student =
        StudentScorer.open(
            stage.read(stage.current().orElseThrow().file("student.zip")), "student.zip");
    List<JsonNode> rows = lines(golden.resolve("rows.jsonl"));

    assertThat(student.parameters()).isEqualTo(12 * 4 + 4 + 4 * 3 + 3);
    assertThat(rows).isNotEmpty();
    for (JsonNode row : rows) {
      assertThat(student.score(floats(row.get("features")), 1))
          .containsExactly(floats(row.get("logits")), within(1e-5f));
    }
  }

  @Test
  void metricsOfAnotherVersionAreRefusedNamingBoth() throws IOException {
    String json = Files.readString(GOLDEN.resolve("metrics-v1.json"));
    byte[] next =
        json.replaceFirst("\"schemaVersion\" : 1", "\"schemaVersion\" : 2")
            .getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> Metrics.fromJson(next))
        .isInstanceOf(IntegrityException.class)
        .hasMessage(
            "Cannot read metrics, they are of another format: schema version 2, and this build"
                + " reads schema version 1. Use the release that wrote them, or evaluate into"
                + " another output.");
  }

  @Test
  void metricsAreReadAsTheyWereWritten() throws IOException {
    byte[] json = Files.readAllBytes(GOLDEN.resolve("metrics-v1.json"));

    Metrics metrics = Metrics.fromJson(json);

    assertThat(metrics.schemaVersion()).isEqualTo(1);
    assertThat(metrics.testRows()).isEqualTo(10);
    assertThat(metrics.models()).containsOnlyKeys("teacher", "student", "baseline");
    assertThat(new ObjectMapper().readTree(metrics.toJson()))
        .isEqualTo(new ObjectMapper().readTree(json));
  }

  private static Stream<String> caches() throws IOException {
    try (Stream<Path> confs = Files.walk(GOLDEN, 3)) {
      return confs
          .filter(file -> file.endsWith("distill.conf"))
          .map(file -> GOLDEN.relativize(file.getParent()).toString())
          .sorted()
          .toList()
          .stream();
    }
  }

  /** A copy of a cache as the output of the configuration that it was made with. */
  private String conf(String cache) throws IOException {
    Path golden = GOLDEN.resolve(cache);
    FileUtils.copyDirectory(
        golden.resolve("soft-targets").toFile(), folder.resolve("out/soft-targets").toFile());
    Path conf = folder.resolve("distill.conf");
    Files.writeString(
        conf,
        Files.readString(golden.resolve("distill.conf"))
            .replace("/data/out/" + golden.getFileName(), folder.resolve("out").toString())
            .replace("/data/teacher.onnx", golden.resolve("teacher.onnx").toString()));
    return conf.toString();
  }

  private static LogitCodec codec(String cache) {
    return LogitCodec.of(
        ConfigLoader.fromFile(GOLDEN.resolve(cache).resolve("distill.conf").toFile(), List.of())
            .config()
            .softTargets(),
        3);
  }

  private static CacheDirectory directory(String cache) {
    return new CacheDirectory(stage(GOLDEN.resolve(cache), "soft-targets"), new Configuration());
  }

  private static StageDirectory stage(Path output, String stage) {
    return new StageDirectory(
        new org.apache.hadoop.fs.Path(output.toUri()), stage, Set.of(), new Configuration());
  }

  private static List<JsonNode> lines(Path file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  private static float[] floats(JsonNode numbers) {
    float[] floats = new float[numbers.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = numbers.get(i).floatValue();
    }
    return floats;
  }
}
