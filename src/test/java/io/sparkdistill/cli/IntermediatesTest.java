package io.sparkdistill.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkdistill.softtargets.SoftTargets;
import io.sparkdistill.testing.TinyTeacher;
import io.sparkdistill.testing.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a teacher computes on the way to its logits, beside them. */
class IntermediatesTest {
  @TempDir private Path folder;
  private Workspace workspace;

  @BeforeEach
  void create() {
    workspace = Workspace.create(folder);
    new TinyTeacher().withHidden().write(folder.resolve("teacher.onnx"));
  }

  @Test
  void innerTensorsAreCachedInHalfPrecisionAndStudentsLearnAsBefore() throws IOException {
    ask("[\"hidden\"]");

    CommandRun run = CommandRun.of("run", workspace.conf());

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    JsonNode report =
        new ObjectMapper()
            .readTree(
                CommandRun.of(
                        "inspect", workspace.output().resolve("soft-targets").toString(), "--json")
                    .out());
    assertThat(report.get("intermediates").get(0).asText()).isEqualTo("hidden");
    List<Row> rows = cached();
    assertThat(rows).hasSize(600);
    for (Row row : rows) {
      List<Float> features = row.getList(0);
      List<Float> inner = row.getList(1);
      assertThat(inner).hasSameSizeAs(features);
      for (int i = 0; i < inner.size(); i++) {
        assertThat(inner.get(i)).isCloseTo(Math.max(0, features.get(i)), within(0.0005f));
      }
    }
    assertThat(CommandRun.of("verify", workspace.conf(), "--sample", "5").code()).isZero();
  }

  @Test
  void refusesATensorThatTheTeacherDoesNotHaveNamingThoseThatItHas() {
    ask("[\"hiden\"]");

    CommandRun run = CommandRun.of("label", workspace.conf());

    assertThat(run.code()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(run.err())
        .contains(
            "Cannot use teacher "
                + folder.resolve("teacher.onnx")
                + ", it has no tensor 'hiden': it has hidden, logits. Correct"
                + " teachers[0].intermediates.");
  }

  @Test
  void refusesNamesThatStandTwice() {
    ask("[a, a]");

    CommandRun run = CommandRun.of("label", workspace.conf());

    assertThat(run.code()).isEqualTo(ExitCodes.CONFIGURATION);
    assertThat(run.err())
        .contains("teachers[0].intermediates", "expected a list of different names");
  }

  private void ask(String names) {
    workspace.writeConf(
        "teachers = [{ onnx = \""
            + folder.resolve("teacher.onnx")
            + "\", intermediates = "
            + names
            + " }]");
  }

  private List<Row> cached() {
    try (SparkSession spark = SparkSession.builder().master("local[2]").getOrCreate();
        SoftTargets targets =
            SoftTargets.open(spark, workspace.output().resolve("soft-targets").toString())) {
      return targets.rows().select("features", "intermediate_0").collectAsList();
    }
  }
}
