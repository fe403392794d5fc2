package io.sparkdistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.math.Distributions;
import io.sparkdistill.softtargets.CacheDirectory;
import io.sparkdistill.softtargets.SoftTarget;
import io.sparkdistill.softtargets.codec.LogitCodec;
import io.sparkdistill.storage.Manifest;
import io.sparkdistill.storage.StageDirectory;
import io.sparkdistill.testing.Workspace;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole commands with other codecs than the default one. */
class CodecsTest {
  @TempDir private Path folder;
  private Workspace workspace;

  @BeforeEach
  void create() {
    workspace = Workspace.create(folder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "codec = int8; int8",
        "codec = topk, topK = 2, temperature = 4; topk(2) at 4.0",
        "codec = sampled, samples = 16, temperature = 4.0; sampled(16) at 4.0"
      })
  void studentLearnsFromEveryCodecAndTheCacheIsBoundToIt(String settings, String description) {
    workspace.writeConf("softTargets { " + settings + " }");

    CommandRun run = CommandRun.of("run", workspace.conf());

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(manifest("soft-targets").inputs()).containsEntry("codec", description);
    assertThat(manifest("test-targets").inputs()).containsEntry("codec", "float32");
    String asked = CommandRun.of("verify", workspace.conf(), "--sample", "20").said().get(0);
    assertThat(asked)
        .contains("the teacher was asked about 20 of them again")
        .endsWith(" nats, 0 answers with another largest class");
    Matcher divergence = Pattern.compile("KL (\\S+) nats").matcher(asked);
    assertThat(divergence.find()).isTrue();
    assertThat(Double.parseDouble(divergence.group(1))).isLessThan(1e-3);
  }

  @Test
  void anotherParameterOfTheCodecIsAnotherCache() {
    workspace.writeConf("softTargets { codec = topk, topK = 2, temperature = 4 }");
    assertThat(CommandRun.of("label", workspace.conf()).code()).isZero();

    CommandRun other = CommandRun.of("label", workspace.conf(), "--set", "softTargets.topK=1");

    assertThat(other.code()).isZero();
    assertThat(manifest("soft-targets").version()).isEqualTo(2);
    assertThat(manifest("soft-targets").inputs()).containsEntry("codec", "topk(1) at 4.0");
  }

  @Test
  void duckDbReadsTheSameAnswers() throws SQLException {
    workspace.writeConf("softTargets { codec = float32 }");
    assertThat(CommandRun.of("label", workspace.conf()).code()).isZero();
    Manifest manifest = manifest("soft-targets");

    Map<String, Integer> ours = new TreeMap<>();
    try (SparkSession spark = SparkSession.builder().master("local[2]").getOrCreate()) {
      for (SoftTarget row :
          cache().reader(spark, LogitCodec.exact()).verified(cache().index(manifest)).collect()) {
        ours.put(row.id(), Distributions.argMax(row.logits()));
      }
    }
    String files =
        cache().index(manifest).files().stream()
            .map(file -> "'" + directory("soft-targets").path(file).toUri().getPath() + "'")
            .collect(Collectors.joining(", ", "[", "]"));
    Map<String, Integer> theirs = new TreeMap<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT id, list_position(logits, list_max(logits)) - 1 FROM read_parquet("
                    + files
                    + ")")) {
      while (rows.next()) {
        theirs.put(rows.getString(1), rows.getInt(2));
      }
    }

    assertThat(theirs).hasSize(600).isEqualTo(ours);
    assertThat(Set.copyOf(theirs.values())).containsExactlyInAnyOrder(0, 1, 2);
  }

  private Manifest manifest(String stage) {
    return directory(stage).current().orElseThrow();
  }

  private CacheDirectory cache() {
    return new CacheDirectory(directory("soft-targets"), new Configuration());
  }

  private StageDirectory directory(String stage) {
    return new StageDirectory(
        new org.apache.hadoop.fs.Path(workspace.output().toUri()),
        stage,
        Set.of(),
        new Configuration());
  }
}
