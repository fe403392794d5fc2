package io.sparkdistill.golden;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkdistill.cli.Main;
import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.softtargets.CacheDirectory;
import io.sparkdistill.softtargets.Shard;
import io.sparkdistill.storage.Manifest;
import io.sparkdistill.storage.StageDirectory;
import io.sparkdistill.storage.StrictJson;
import io.sparkdistill.student.StudentScorer;
import io.sparkdistill.testing.TinyDigits;
import io.sparkdistill.testing.TinyTeacher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * Makes golden files of the schema versions that this build writes, in {@code FOLDER/golden}. To be
 * run when a schema version is new, in a folder whose name may stand in manifests:
 *
 * <pre>
 * mvn -DskipTests package
 * mkdir /data
 * jobs/submit --master 'local[1]' --class io.sparkdistill.golden.MakeGolden \
 *   --driver-class-path target/test-classes:target/spark-distill.jar spark-internal /data
 * </pre>
 *
 * Then what is new in {@code /data/golden} is copied to {@code src/test/resources/golden}. What is
 * there already stays as it is: it shows what an earlier build wrote.
 */
public final class MakeGolden {
  private static final int TRAIN_ROWS = 20;
  private static final int TEST_ROWS = 10;

  /** The one that a student is trained on. */
  private static final String PLAIN = "float16";

  private final Path folder;
  private final Configuration hadoop = new Configuration();

  private MakeGolden(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes all of them.
   *
   * @param args the folder, which is there and empty
   * @throws IOException if the folder cannot be written
   */
  public static void main(String[] args) throws IOException {
    MakeGolden golden = new MakeGolden(Path.of(args[0]));
    golden.writeData();
    for (Map.Entry<String, String> cache : caches().entrySet()) {
      golden.makeCache(cache.getKey(), cache.getValue());
    }
    golden.makeStudent();
  }

  /** Name to settings: together all codecs, all types of inputs, and every column. */
  private static Map<String, String> caches() {
    Map<String, String> caches = new LinkedHashMap<>();
    caches.put(PLAIN, "");
    caches.put(
        "float32", "softTargets { codec = float32, views = 2, augmentation { noise = 0.1 } }");
    caches.put(
        "int8",
        """
        dataset.train.path = "${folder}/tinyint"
          teachers = [{ onnx = "${folder}/teacher.onnx", intermediates = [hidden] }]
          softTargets { codec = int8, views = 2
            augmentation { shift = 1, flip = true, image = [4, 3] } }""");
    caches.put(
        "topk",
        """
        objective.temperature = 2
          softTargets { codec = topk, topK = 2, temperature = 2, includeFeatures = false }""");
    caches.put(
        "sampled",
        """
        dataset.train.path = "${folder}/int"
          objective.temperature = 4
          softTargets { codec = sampled, samples = 8, temperature = 4 }""");
    return caches;
  }

  private void writeData() {
    new TinyTeacher().withHidden().scaledBy(0.5f).write(folder.resolve("teacher.onnx"));
    List<Row> rows = new ArrayList<>(TinyDigits.rows("train", TRAIN_ROWS, 1));
    rows.add(RowFactory.create("bad-label", rows.get(0).get(1), TinyDigits.CLASSES));
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      TinyDigits.write(spark, rows, TinyDigits.schema(), folder.resolve("train"), 2);
      TinyDigits.write(
          spark,
          TinyDigits.rows("test", TEST_ROWS, 2),
          TinyDigits.schema(),
          folder.resolve("test"),
          1);
      for (String type : List.of("tinyint", "int")) {
        spark
            .read()
            .parquet(folder.resolve("train").toString())
            .selectExpr("id", "transform(features, x -> cast(x * 10 as " + type + ")) x", "label")
            .withColumnRenamed("x", "features")
            .write()
            .parquet(folder.resolve(type).toString());
      }
    }
  }

  private void makeCache(String name, String settings) throws IOException {
    Path target = folder.resolve("golden/cache-v" + Shard.SCHEMA_VERSION + "/" + name);
    Files.createDirectories(target);
    String conf = conf(name, settings);
    Files.writeString(target.resolve("distill.conf"), conf);
    Files.copy(folder.resolve("teacher.onnx"), target.resolve("teacher.onnx"));
    Main.main(
        new String[] {
          name.equals(PLAIN) ? "run" : "label", target.resolve("distill.conf").toString()
        });
    copy(output(name).resolve("soft-targets"), target.resolve("soft-targets"));
    CacheDirectory cache = new CacheDirectory(stage(name, "soft-targets"), hadoop);
    Files.write(target.resolve("report.json"), StrictJson.write(cache.report().orElseThrow()));
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      Files.write(target.resolve("rows.jsonl"), GoldenRows.of(spark, cache));
    }
  }

  private void makeStudent() throws IOException {
    Path target = folder.resolve("golden/student-v" + Manifest.SCHEMA_VERSION);
    copy(output(PLAIN).resolve("student"), target.resolve("student"));
    StageDirectory student = stage(PLAIN, "student");
    StudentScorer scorer =
        StudentScorer.open(
            student.read(student.current().orElseThrow().file("student.zip")), "student.zip");
    List<String> lines = new ArrayList<>();
    for (Row row : TinyDigits.rows("test", TEST_ROWS, 2)) {
      float[] features = new float[TinyDigits.WIDTH];
      List<Float> given = row.getAs(1);
      for (int i = 0; i < features.length; i++) {
        features[i] = given.get(i);
      }
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("features", features);
      line.put("logits", scorer.score(features, 1));
      lines.add(new ObjectMapper().writeValueAsString(line));
    }
    Files.write(target.resolve("rows.jsonl"), lines);
    StageDirectory evaluation = stage(PLAIN, "evaluation");
    byte[] metrics = evaluation.read(evaluation.current().orElseThrow().file("metrics.json"));
    Files.write(
        folder.resolve("golden/metrics-v" + Metrics.fromJson(metrics).schemaVersion() + ".json"),
        metrics);
  }

  private String conf(String name, String settings) {
    return """
        distill {
          output = "${folder}/out/${name}"
          dataset {
            train { path = "${folder}/train" }
            test { path = "${folder}/test" }
            classes = 3
          }
          teachers = [{ onnx = "${folder}/teacher.onnx" }]
          softTargets { maxBadRows = 1 }
          student { hidden = [4] }
          training { epochs = 1, batchSize = 8, workers = 1 }
          ${settings}
        }
        """
        .replace("${settings}", settings)
        .replace("${folder}", folder.toString())
        .replace("${name}", name);
  }

  private Path output(String name) {
    return folder.resolve("out").resolve(name);
  }

  private StageDirectory stage(String name, String stage) {
    return new StageDirectory(
        new org.apache.hadoop.fs.Path(output(name).toUri()), stage, Set.of(), hadoop);
  }

  /** Without the checksums of Hadoop's local file system, which are hidden. */
  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.getFileName().toString().startsWith(".")) {
          Path copy = to.resolve(from.relativize(file));
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    }
  }
}
