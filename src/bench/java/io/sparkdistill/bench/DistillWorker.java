package io.sparkdistill.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.reading.ConfigLoader;
import io.sparkdistill.pipeline.Command;
import io.sparkdistill.pipeline.Pipeline;
import io.sparkdistill.pipeline.run.LogProgress;
import io.sparkdistill.pipeline.run.SparkSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * This project: what {@code distill label CONF} does once Spark runs, into an output that does not
 * exist yet. Counted: from before the teacher's file is read until the first version of the soft
 * targets exists, so also checking the rows, reading back what was written, and publishing. The
 * test rows come after that and are not counted.
 */
public final class DistillWorker {
  private final SparkSession spark;
  private final Path rows;
  private final Path output;

  private DistillWorker(SparkSession spark, Path rows, Path output) {
    this.spark = spark;
    this.rows = rows;
    this.output = output;
  }

  /**
   * Serves until its input ends.
   *
   * @param args folder of the rows, folder to write to
   * @throws Exception if anything fails
   */
  public static void main(String[] args) throws Exception {
    try (SparkSession spark =
        SparkSession.builder()
            .config(SparkSettings.complete("bench distill", DistillWorker.class.getName()))
            .getOrCreate()) {
      WorkerLoop.serve(new DistillWorker(spark, Path.of(args[0]), Path.of(args[1]))::label);
    }
  }

  private Answer label(String onnx) throws IOException {
    Folders.delete(output);
    DistillConfig config = ConfigLoader.fromText("", "jobs/bench", settings(onnx)).config();
    Instant start = Instant.now();
    new Pipeline(spark, config, new LogProgress()).run(Command.LABEL, "jobs/bench");
    // The file whose creation publishes; src/site/markdown/formats.md.
    Path published = output.resolve("soft-targets/versions/1.json");
    Instant end = Files.getLastModifiedTime(published).toInstant();
    JsonNode facts = new ObjectMapper().readTree(published.toFile()).get("facts");
    return new Answer(
        Duration.between(start, end).toNanos() / 1e9,
        facts.get("rows").asLong(),
        facts.get("teacher.errors").asLong());
  }

  private List<String> settings(String onnx) {
    return List.of(
        "output=" + output,
        "dataset.train.path=" + rows.resolve(LabelRows.TRAIN),
        "dataset.test.path=" + rows.resolve(LabelRows.TEST),
        "dataset.features=pixels",
        "dataset.classes=" + Teacher.CLASSES,
        "softTargets.batchSize=" + Teacher.BATCH,
        "teachers=[{onnx=\"" + onnx + "\"}]");
  }
}
