package io.sparkdistill.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkdistill.config.CheckpointConfig;
import io.sparkdistill.config.PeriodConfig;
import io.sparkdistill.config.RoundsConfig;
import io.sparkdistill.config.StudentConfig;
import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.config.UpdaterConfig;
import io.sparkdistill.student.StudentNetworks;
import io.sparkdistill.testing.TinyDigits;
import io.sparkdistill.testing.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows without labels, weights of rows and classes, and networks of one's own, all at once. */
class RowOptionsTest {
  private static final StructType SCHEMA = TinyDigits.schema().add("often", DataTypes.DoubleType);
  private static final int ROWS = 200;
  private static final int UNLABELLED = ROWS / 4;

  @TempDir private Path folder;
  private Workspace workspace;
  private Path model;

  @BeforeEach
  void create() throws IOException {
    workspace = Workspace.create(folder);
    model = folder.resolve("own.json");
    Files.writeString(model, network());
    workspace.writeConf(
        """
        dataset { unlabelled = teacher-alone, weight = often }
        objective.classWeights = balanced
        training { epochs = 2, validation.fraction = 0.2 }
        """);
    writeRows(1);
  }

  @Test
  void rowsCountAsTheySayAndTheNetworkIsTheOneThatWasGiven() throws IOException {
    String own = "student.model=" + model;
    assertThat(run("run", "student.hidden=[16]", own).err())
        .contains("student.hidden (--set student.hidden): no such key where student.model is");
    workspace.write(
        "distill.conf", workspace.read("distill.conf").replace("student { hidden = [16] }", ""));

    CommandRun first = run("run", own);

    assertThat(first.err()).isEmpty();
    assertThat(first.code()).isZero();
    for (String student : List.of("student", "baseline")) {
      JsonNode manifest = json("out/" + student + "/manifest.json");
      assertThat(manifest.requiredAt("/facts/unlabelledRows").asInt()).isEqualTo(UNLABELLED);
      assertThat(manifest.requiredAt("/inputs/objective.classWeights").asText())
          .isEqualTo("balanced");
      assertThat(manifest.requiredAt("/inputs/student.model.sha256").asText()).hasSize(64);
      assertThat(manifest.get("inputs").has("student.hidden")).isFalse();
    }
    requireRounds(rounds("student"), ROWS);
    requireRounds(rounds("baseline"), ROWS - UNLABELLED);
    assertThat(json("out/evaluation/metrics.json").get("testRows").asInt()).isEqualTo(200);
    assertThat(run("verify", own).code()).isZero();
    Map<String, String> before = Workspace.contents(workspace.output());
    assertThat(run("run", own).code()).isZero();
    assertThat(Workspace.contents(workspace.output())).isEqualTo(before);

    // The same rows that count twice as often are other rows, and a trained zip is another start.
    writeRows(2);
    Path trained = folder.resolve("trained.zip");
    Files.copy(workspace.output().resolve("student/student.zip"), trained);
    CommandRun second = run("run", "student.model=" + trained, "evaluation.baseline=false");
    assertThat(second.err()).isEmpty();
    assertThat(second.code()).isZero();
    assertThat(json("out/soft-targets/manifest.json").get("version").asInt()).isEqualTo(2);
    double begun = number(rounds("student").get(1), 3) / 2;
    assertThat(begun).isLessThan(number(lines(before, 1), 3));
  }

  /** The first rounds of the first run, whose files stay. */
  private String lines(Map<String, String> published, int line) throws IOException {
    String path =
        published.keySet().stream()
            .filter(name -> name.matches("student/files/.*/rounds.csv"))
            .findFirst()
            .orElseThrow();
    return Files.readAllLines(workspace.output().resolve(path)).get(line);
  }

  private static void requireRounds(List<String> rounds, int rows) {
    assertThat(rounds.get(0))
        .isEqualTo(
            "round,epoch,samples,loss,heldOutLoss,heldOutAccuracy,softLoss,softGradient,hardLoss,"
                + "hardGradient");
    long seen = 0;
    int judged = 0;
    for (int i = 1; i < rounds.size(); i++) {
      String[] cells = rounds.get(i).split(",", -1);
      assertThat(cells).hasSize(10);
      assertThat(cells[0]).isEqualTo(Integer.toString(i));
      seen += Long.parseLong(cells[2]);
      if (!cells[4].isEmpty()) {
        judged++;
        assertThat(Double.parseDouble(cells[5])).isBetween(0.0, 1.0);
      }
      assertThat(Double.parseDouble(cells[6]) + Double.parseDouble(cells[8]))
          .isCloseTo(Double.parseDouble(cells[3]), within(1e-4));
    }
    assertThat(judged).isEqualTo(2);
    assertThat(seen).isBetween((long) (2 * 0.65 * rows), (long) (2 * 0.95 * rows));
  }

  private void writeRows(double weight) {
    List<Row> rows = new ArrayList<>();
    for (Row row : TinyDigits.rows("train", ROWS, 1)) {
      Object label = rows.size() % 4 == 0 ? null : row.get(2);
      rows.add(
          RowFactory.create(row.get(0), row.get(1), label, weight * (1 + rows.size() % 3) / 2));
    }
    try (SparkSession spark = SparkSession.builder().master("local[2]").getOrCreate()) {
      TinyDigits.write(spark, rows, SCHEMA, folder.resolve("data/train"), 2);
    }
  }

  private static String network() {
    TrainingConfig training =
        new TrainingConfig(
            TrainingConfig.Engine.ROUNDS,
            1,
            8,
            new PeriodConfig.Fixed(1),
            OptionalInt.of(1),
            1,
            TrainingConfig.Schedule.CONSTANT,
            new UpdaterConfig.Sgd(0.1),
            RoundsConfig.classic(),
            CheckpointConfig.none());
    return new StudentNetworks(
            new StudentConfig(List.of(8), StudentConfig.Activation.TANH),
            TinyDigits.WIDTH,
            TinyDigits.CLASSES)
        .published(training)
        .toJson();
  }

  private List<String> rounds(String student) throws IOException {
    return Files.readAllLines(workspace.output().resolve(student + "/rounds.csv"));
  }

  private static double number(String line, int column) {
    return Double.parseDouble(line.split(",", -1)[column]);
  }

  private JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(workspace.read(name));
  }

  private CommandRun run(String command, String... settings) {
    List<String> args = new ArrayList<>(List.of(command, workspace.conf()));
    for (String setting : settings) {
      args.addAll(List.of("--set", setting));
    }
    return CommandRun.of(args.toArray(new String[0]));
  }
}
