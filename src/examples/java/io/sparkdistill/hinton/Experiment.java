package io.sparkdistill.hinton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkdistill.config.reading.ConfigLoader;
import io.sparkdistill.config.reading.LoadedConfig;
import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.pipeline.Chain;
import io.sparkdistill.pipeline.Command;
import io.sparkdistill.pipeline.run.LogProgress;
import io.sparkdistill.pipeline.run.Progress;
import io.sparkdistill.pipeline.run.StopRequest;
import io.sparkdistill.storage.Sha256;
import io.sparkdistill.student.StudentScorer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/**
 * Runs variants, each in an output of its own below one folder. What was done there is not done
 * again.
 */
final class Experiment {
  private static final String HOLDER = "jobs/hinton";
  private static final double NANOS_OF_A_MINUTE = 60e9;
  private static final double TENTHS = 10;

  private final File conf;
  private final LoadedConfig given;
  private final Path folder;
  private final Path mnist;

  Experiment(File conf, Path folder, Path mnist) {
    this.conf = conf;
    this.given = ConfigLoader.fromFile(conf, List.of());
    this.folder = folder;
    this.mnist = mnist;
  }

  /** What a seed runs, in order. Only the first one tries more than the main row. */
  List<Variant> variants(long seed) {
    List<Variant> variants = new ArrayList<>(List.of(Variant.main()));
    if (seed == 1) {
      variants.addAll(Variant.others(given.config()));
    }
    return variants;
  }

  /** What was configured, but for seed and places. */
  String configuration(Variant variant) {
    return Sha256.of(given.given().text(Map.of()) + variant.settings());
  }

  /** The configuration of a run. */
  LoadedConfig config(Variant variant, long seed) {
    Map<String, String> settings = new TreeMap<>(variant.settings());
    settings.put("output", output(variant.name(), seed).toString());
    settings.put("training.seed", Long.toString(seed));
    settings.put("dataset.train.path", mnist.resolve("train-images-idx3-ubyte.gz").toString());
    settings.put("dataset.test.path", mnist.resolve("t10k-images-idx3-ubyte.gz").toString());
    if (variant.from().isPresent()) {
      Path teacher = output(Variant.MAIN, seed).resolve("chain/teacher/student/student.zip");
      settings.put("chain", "[]");
      // Nobody uses these students.
      settings.put("export.onnx", "false");
      settings.put("teachers", "[{ dl4j = \"" + teacher + "\" }]");
    }
    return ConfigLoader.fromFile(
        conf,
        settings.entrySet().stream()
            .map(setting -> setting.getKey() + "=" + setting.getValue())
            .toList());
  }

  /** Does what is missing of a run. */
  Outcome run(SparkSession spark, Variant variant, long seed) throws IOException {
    Path output = output(variant.name(), seed);
    boolean anew =
        variant.from().isPresent()
            ? SharedStages.copy(output(variant.from().get(), seed), output, variant.stages())
            : !Files.exists(output);
    Progress progress = new LogProgress();
    progress.say("seed " + seed + ": " + variant.name());
    LoadedConfig config = config(variant, seed);
    long start = System.nanoTime();
    Metrics metrics =
        new Chain(
                spark,
                config.chain(),
                config.config(),
                config.recipe(),
                progress,
                new StopRequest())
            .run(Command.RUN, HOLDER)
            .metrics()
            .orElseThrow();
    double minutes = (System.nanoTime() - start) / NANOS_OF_A_MINUTE;
    Path student = output.resolve("student");
    return new Outcome(
        variant.name(),
        seed,
        configuration(variant),
        config.config().training().epochs(),
        anew ? Math.ceil(minutes * TENTHS) / TENTHS : 0,
        Runtime.getRuntime().availableProcessors(),
        metrics.testRows(),
        errors(metrics),
        TestDigits.read(mnist).judged(scorer(student.resolve("student.zip"))),
        biases(student.resolve("manifest.json")));
  }

  private Path output(String variant, long seed) {
    String name = "seed-" + seed;
    return folder.resolve(variant.equals(Variant.MAIN) ? name : name + "-" + variant);
  }

  private static Map<String, Long> errors(Metrics metrics) {
    Map<String, Long> errors = new TreeMap<>();
    metrics.models().forEach((name, model) -> errors.put(name, model.errors()));
    return errors;
  }

  private static StudentScorer scorer(Path zip) throws IOException {
    return StudentScorer.open(Files.readAllBytes(zip), zip.toString());
  }

  private static Map<String, Double> biases(Path manifest) throws IOException {
    JsonNode facts = new ObjectMapper().readTree(Files.readAllBytes(manifest)).path("facts");
    Map<String, Double> biases = new TreeMap<>();
    facts
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (name.startsWith("bias.")) {
                biases.put(name.substring("bias.".length()), facts.get(name).asDouble());
              }
            });
    return biases;
  }
}
