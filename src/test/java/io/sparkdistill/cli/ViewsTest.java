package io.sparkdistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkdistill.storage.StageDirectory;
import io.sparkdistill.testing.TinyDigits;
import io.sparkdistill.testing.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the teacher is shown, and how that is kept beside its answers. */
class ViewsTest {
  static final String VIEWS =
      "softTargets { views = 3, augmentation { shift = 1, flip = true, noise = 0.1,"
          + " image = [4, 3] } }";

  @TempDir private Path folder;
  private Workspace workspace;

  @BeforeEach
  void create() {
    workspace = Workspace.create(folder);
  }

  @Test
  void teacherIsShownEveryRowInSeveralViewsAndStudentLearnsFromAll() throws IOException {
    workspace.writeConf(VIEWS);

    CommandRun run = CommandRun.of("run", workspace.conf());

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    JsonNode cache = inspect("soft-targets");
    assertThat(cache.get("rows").asLong()).isEqualTo(1800);
    assertThat(cache.get("views").asText())
        .isEqualTo("3, shift 1, flip, noise 0.1, image [4, 3], seed 1");
    assertThat(inspect("test-targets").get("rows").asLong()).isEqualTo(200);
    assertThat(steps()).as("epochs, workers, rows of a worker by batches").isEqualTo(4 * 57);
    assertThat(CommandRun.of("verify", workspace.conf(), "--sample", "50").code()).isZero();
    assertThat(CommandRun.of("run", workspace.conf()).code()).isZero();
    assertThat(inspect("soft-targets").get("versions")).hasSize(1);
  }

  @Test
  void studentIsTheSameWhereInputsAreNotInTheCache() throws IOException {
    workspace.writeConf(VIEWS);
    assertThat(CommandRun.of("run", workspace.conf()).code()).isZero();
    String included = student();
    String other = "output=" + folder.resolve("other");
    String without = "softTargets.includeFeatures=false";

    CommandRun run = CommandRun.of("run", workspace.conf(), "--set", other, "--set", without);

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(student(folder.resolve("other"))).isEqualTo(included);
    assertThat(columns(folder.resolve("other"))).doesNotContain("features");
    CommandRun verified =
        CommandRun.of(
            "verify", workspace.conf(), "--sample", "20", "--set", other, "--set", without);
    assertThat(verified.err()).isEmpty();
    assertThat(verified.code()).isZero();
  }

  @Test
  void refusesInputsThatAreNotWhatTheTeacherWasShown() throws IOException {
    workspace.writeConf("softTargets { includeFeatures = false }");
    assertThat(CommandRun.of("label", workspace.conf()).code()).isZero();
    rewrite("CASE id WHEN 'train-00007' THEN transform(features, x -> x + 1) ELSE features END");

    CommandRun run = CommandRun.of("train", workspace.conf());

    assertThat(run.code()).isEqualTo(ExitCodes.INTEGRITY);
    assertThat(run.err())
        .contains(
            "Cannot join soft targets with "
                + folder.resolve("data/train")
                + ", row 'train-00007' has another input than the teacher was shown. Run label"
                + " first, or restore the rows.");
  }

  @ParameterizedTest
  @CsvSource({"tinyint, BYTE", "smallint, SHORT", "int, INT", "double, FLOAT", "bigint, FLOAT"})
  void inputsTravelInTheirOwnType(String type, String stored) throws IOException {
    rewrite("transform(features, x -> cast(x * 100 as " + type + "))");
    workspace.writeConf("");

    CommandRun run = CommandRun.of("run", workspace.conf());

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(inspect("soft-targets").get("features").asText()).isEqualToIgnoringCase(stored);
    DataType expected =
        switch (stored) {
          case "BYTE" -> DataTypes.ByteType;
          case "SHORT" -> DataTypes.ShortType;
          case "INT" -> DataTypes.IntegerType;
          default -> DataTypes.FloatType;
        };
    assertThat(featuresOf(workspace.output())).isEqualTo(expected);
    CommandRun verified = CommandRun.of("verify", workspace.conf(), "--sample", "20");
    assertThat(verified.err()).isEmpty();
    assertThat(verified.code()).isZero();
  }

  @Test
  void refusesSeveralViewsOfTheSame() {
    workspace.writeConf("softTargets { views = 2 }");

    CommandRun run = CommandRun.of("label", workspace.conf());

    assertThat(run.code()).isEqualTo(ExitCodes.CONFIGURATION);
    assertThat(run.err())
        .contains(
            "softTargets.views",
            "expected 1 where softTargets.augmentation changes nothing, found 2");
  }

  /** Writes the same rows with other inputs, and reads them from now on. */
  private void rewrite(String features) {
    Path changed = folder.resolve("changed");
    try (SparkSession spark = SparkSession.builder().master("local[2]").getOrCreate()) {
      for (String part : new String[] {"train", "test"}) {
        Dataset<Row> rows =
            spark
                .read()
                .parquet(folder.resolve("data").resolve(part).toString())
                .selectExpr("id", features + " AS features", "label");
        TinyDigits.write(spark, rows.collectAsList(), rows.schema(), changed.resolve(part), 2);
      }
    }
    try {
      Files.move(folder.resolve("data"), folder.resolve("before"));
      Files.move(changed, folder.resolve("data"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private String student() {
    return student(workspace.output());
  }

  private static String student(Path output) {
    return directory(output, "student").current().orElseThrow().file("student.zip").sha256();
  }

  private long steps() {
    return directory(workspace.output(), "student").current().orElseThrow().number("steps");
  }

  private static StageDirectory directory(Path output, String stage) {
    return new StageDirectory(
        new org.apache.hadoop.fs.Path(output.toUri()), stage, Set.of(), new Configuration());
  }

  private JsonNode inspect(String stage) throws IOException {
    String path = workspace.output().resolve(stage).toString();
    return new ObjectMapper().readTree(CommandRun.of("inspect", path, "--json").out());
  }

  private static DataType featuresOf(Path output) {
    try (SparkSession spark = SparkSession.builder().master("local[2]").getOrCreate()) {
      DataType column = rows(spark, output).schema().apply("features").dataType();
      return ((ArrayType) column).elementType();
    }
  }

  private static String[] columns(Path output) {
    try (SparkSession spark = SparkSession.builder().master("local[2]").getOrCreate()) {
      return rows(spark, output).columns();
    }
  }

  private static Dataset<Row> rows(SparkSession spark, Path output) {
    return spark
        .read()
        .option("recursiveFileLookup", true)
        .option("pathGlobFilter", "part-*")
        .parquet(output.resolve("soft-targets/files").toString());
  }
}
