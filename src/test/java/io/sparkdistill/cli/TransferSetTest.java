package io.sparkdistill.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkdistill.math.Distributions;
import io.sparkdistill.student.StudentScorer;
import io.sparkdistill.testing.TinyDigits;
import io.sparkdistill.testing.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A student that never saw a class, and the bias with which it predicts that class all the same.
 */
class TransferSetTest {
  private static final int UNSEEN = 2;
  private static final String WHERE = "training.transferSet.where=label <> 2";
  private static final String MATCH = "training.transferSet.matchFrequencies=[2]";

  @TempDir private Path folder;
  private Workspace workspace;

  @Test
  void classThatWasLeftOutIsPredictedAsOftenAsItIsALabel() throws IOException {
    workspace = Workspace.create(folder);
    assertThat(run(WHERE).code()).isZero();
    Map<String, String> cache = Workspace.contents(workspace.output().resolve("soft-targets"));
    JsonNode trained = manifest();
    assertThat(trained.requiredAt("/inputs/training.transferSet.where").asText())
        .isEqualTo("label <> 2");
    float[] before = student().numbers();
    List<Row> rows = TinyDigits.rows("train", 600, 1);
    long wanted = rows.stream().filter(row -> row.getInt(2) == UNSEEN).count();
    assertThat(predicted(rows)).isLessThan(wanted / 2);

    assertThat(run(WHERE, MATCH).code()).isZero();

    JsonNode matched = manifest();
    assertThat(matched.requiredAt("/version").asInt()).isEqualTo(2);
    assertThat(matched.requiredAt("/inputs/training.transferSet.matchFrequencies").asText())
        .isEqualTo("2");
    assertThat(matched.requiredAt("/facts/finalLoss")).isEqualTo(trained.at("/facts/finalLoss"));
    float[] after = student().numbers();
    // The bias of the last class is the last parameter; nothing else was touched.
    before[before.length - 1] += (float) matched.requiredAt("/facts/bias.2").asDouble();
    assertThat(after).containsExactly(before);
    assertThat(predicted(rows)).isCloseTo(wanted, within(1L));
    assertThat(Workspace.contents(workspace.output().resolve("soft-targets"))).isEqualTo(cache);

    Map<String, String> all = Workspace.contents(workspace.output());
    assertThat(run(WHERE, MATCH).code()).isZero();
    assertThat(Workspace.contents(workspace.output())).isEqualTo(all);
  }

  @Test
  void whatNeedsLabelsIsRefusedBeforeAStudentIsTrainedWithoutThem() throws IOException {
    workspace = Workspace.create(folder);
    List<Row> unlabelled =
        TinyDigits.rows("train", 300, 1).stream()
            .map(row -> RowFactory.create(row.get(0), row.get(1), null))
            .toList();
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      TinyDigits.write(spark, unlabelled, TinyDigits.schema(), folder.resolve("data/train"), 2);
    }
    String alone = "dataset.unlabelled=teacher-alone";

    CommandRun baseline = run(alone, "evaluation.baseline=true");
    assertThat(baseline.err())
        .contains(
            "Cannot train a baseline beside the student, no row has a label: 300 rows. Label some,"
                + " or set evaluation.baseline to false.");
    assertThat(baseline.code()).isEqualTo(ExitCodes.BAD_INPUT);
    CommandRun matched = run(alone, MATCH);
    assertThat(matched.err()).contains("Cannot match class frequencies, no row has a label");
    assertThat(matched.code()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(workspace.output().resolve("student")).doesNotExist();
    CommandRun tune =
        CommandRun.of(
            "tune",
            workspace.conf(),
            "--set",
            alone,
            "--set",
            "tuning.parameters={training.seed=[1,2]}");
    assertThat(tune.err())
        .contains(
            "of the rows that are held out by tuning.fraction none has a label: ",
            "Label some of the training rows.");
  }

  private CommandRun run(String... settings) {
    List<String> args = new ArrayList<>(List.of("run", workspace.conf()));
    args.addAll(List.of("--set", "evaluation.baseline=false", "--set", "export.onnx=false"));
    for (String setting : settings) {
      args.addAll(List.of("--set", setting));
    }
    return CommandRun.of(args.toArray(new String[0]));
  }

  private JsonNode manifest() throws IOException {
    return new ObjectMapper().readTree(workspace.read("out/student/manifest.json"));
  }

  private StudentScorer student() throws IOException {
    return StudentScorer.open(
        Files.readAllBytes(workspace.output().resolve("student/student.zip")), "the student");
  }

  private long predicted(List<Row> rows) throws IOException {
    StudentScorer student = student();
    long predicted = 0;
    for (Row row : rows) {
      float[] features = new float[TinyDigits.WIDTH];
      for (int i = 0; i < features.length; i++) {
        features[i] = row.<List<Float>>getAs(1).get(i);
      }
      predicted += Distributions.argMax(student.score(features, 1)) == UNSEEN ? 1 : 0;
    }
    return predicted;
  }
}
