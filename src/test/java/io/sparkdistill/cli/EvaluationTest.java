package io.sparkdistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.evaluation.Gallery;
import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.evaluation.ModelMetrics;
import io.sparkdistill.evaluation.SliceMetrics;
import io.sparkdistill.storage.Manifest;
import io.sparkdistill.storage.StageDirectory;
import io.sparkdistill.testing.TinyStudent;
import io.sparkdistill.testing.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An evaluation with everything that can be asked of it. */
class EvaluationTest {
  private static final int ROWS = 200;

  @TempDir private Path folder;
  private Workspace workspace;

  @Test
  void tellsOfSlicesAnIncumbentAndCalibrationAndKeepsPredictionsInOnePass() throws IOException {
    workspace = Workspace.create(folder);
    workspace.writeConf(
        """
        evaluation {
          slices { "no zeros" = "label > 0", nobody = "label > 5" }
          sliceBy = [label]
          incumbent = "%s"
          temperatureScaling = true
          predictions = true
          gallery = 3
        }
        """
            .formatted(TinyStudent.write(folder.resolve("earlier.zip"))));

    CommandRun run = run("run");

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("student against baseline: ", "student against incumbent: ");
    Metrics metrics =
        Metrics.fromJson(Files.readAllBytes(folder.resolve("out/evaluation/metrics.json")));
    assertThat(metrics.models().keySet())
        .containsExactly("teacher", "student", "baseline", "incumbent");
    // It answers as the teacher does.
    ModelMetrics incumbent = metrics.models().get("incumbent");
    assertThat(incumbent.agreementOnTeacherErrors()).isEqualTo(1);
    assertThat(incumbent.klToTeacher()).isLessThan(1e-6);
    metrics.models().values().forEach(EvaluationTest::isCalibrated);
    slicesAddUp(metrics);
    predictionsTellTheSame(metrics);

    Map<String, String> before = Workspace.contents(workspace.output());
    assertThat(run("run").code()).isZero();
    assertThat(Workspace.contents(workspace.output())).isEqualTo(before);
    refusesWhatSparkDoesNotTake();
  }

  private static void isCalibrated(ModelMetrics model) {
    assertThat(model.temperatureScaling().fittedRows() + model.temperatureScaling().rows())
        .isEqualTo(ROWS);
    assertThat(model.reliability().stream().mapToLong(bin -> bin.rows()).sum()).isEqualTo(ROWS);
  }

  private static void slicesAddUp(Metrics metrics) {
    assertThat(metrics.slices().stream().map(SliceMetrics::name))
        .containsExactly("no zeros", "nobody", "label = 0", "label = 1", "label = 2");
    assertThat(metrics.slices().get(1).rows()).isZero();
    for (String name : metrics.models().keySet()) {
      ModelMetrics model = metrics.models().get(name);
      List<Long> errors =
          metrics.slices().stream()
              .filter(slice -> slice.rows() > 0)
              .map(slice -> slice.models().get(name).errors())
              .toList();
      assertThat(errors.get(1) + errors.get(2) + errors.get(3)).isEqualTo(model.errors());
      assertThat(errors.get(0)).isEqualTo(errors.get(2) + errors.get(3));
      for (int label = 0; label < 3; label++) {
        SliceMetrics slice = metrics.slices().get(2 + label);
        assertThat(slice.rows()).isEqualTo(model.classes().get(label).rows());
        assertThat(slice.rows() - errors.get(1 + label))
            .isEqualTo(model.confusion().get(label).get(label));
      }
    }
  }

  private void predictionsTellTheSame(Metrics metrics) throws IOException {
    StageDirectory stage =
        new StageDirectory(
            new org.apache.hadoop.fs.Path(workspace.output().toUri()),
            "evaluation",
            Set.of(),
            new Configuration());
    Manifest manifest = stage.current().orElseThrow();
    String[] files =
        manifest.files().stream()
            .filter(file -> file.path().contains("/predictions/"))
            .map(file -> stage.path(file).toString())
            .toArray(String[]::new);
    assertThat(files).isNotEmpty();
    Gallery gallery = Gallery.fromJson(stage.read(manifest.file("gallery.json")));
    assertThat(gallery.rows())
        .hasSize(3)
        .isSortedAccordingTo(Comparator.comparingDouble(row -> -row.kl()));
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      Dataset<Row> tested = spark.read().parquet(folder.resolve("data/test").toString());
      assertThat(gallery.rows())
          .allSatisfy(
              row ->
                  assertThat(row.features())
                      .isEqualTo(tested.where("id = '" + row.id() + "'").first().getList(1)));
      Dataset<Row> rows = spark.read().parquet(files);
      assertThat(rows.count()).isEqualTo(ROWS);
      for (String name : metrics.models().keySet()) {
        assertThat(rows.where(name + "_class != label").count())
            .isEqualTo(metrics.models().get(name).errors());
        assertThat(rows.where("size(" + name + "_logits) = 3").count()).isEqualTo(ROWS);
      }
      assertThat(rows.where("slices = '[\"no zeros\",\"label = 2\"]'").count())
          .isEqualTo(metrics.slices().get(4).rows());
      assertThat(
              rows.where("id = '" + gallery.rows().get(0).id() + "'")
                  .select("student_class")
                  .first()
                  .getInt(0))
          .isEqualTo(gallery.rows().get(0).student().predicted());
    }
  }

  private void refusesWhatSparkDoesNotTake() {
    CommandRun run =
        run(
            "run",
            "--set",
            "evaluation.slices={ gone = \"depth > 1\", number = \"label + 1\","
                + " dice = \"rand() < 0.5\", today = \"current_date() > '2026-01-01'\", "
                + " before = \"to_date('2026-01-01') < 'yesterday'\", top = \"max(label) = 3\","
                + " both = \"explode(array(true, false))\" }",
            "--set",
            "evaluation.sliceBy=[country]");

    assertThat(run.code()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(run.err())
        .contains("Cannot slice the test set ", "Correct evaluation.slices and evaluation.sliceBy.")
        .contains("evaluation.slices.gone: Spark does not take it: ")
        .contains("evaluation.slices.number: expected a filter, found an expression of type int")
        .contains("evaluation.slices.dice: expected a filter that says the same each time")
        .contains("evaluation.slices.today: expected a filter that says the same each time")
        .contains("evaluation.slices.before: expected a filter that says the same each time")
        .contains("evaluation.slices.top: Spark does not take it: ")
        .contains("evaluation.slices.both: Spark does not take it: ")
        .contains("evaluation.sliceBy: Spark does not take it: ");
  }

  private CommandRun run(String command, String... more) {
    String[] args = new String[2 + more.length];
    args[0] = command;
    args[1] = workspace.conf();
    System.arraycopy(more, 0, args, 2, more.length);
    return CommandRun.of(args);
  }
}
