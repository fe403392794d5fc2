package io.sparkdistill.hinton;

import io.sparkdistill.pipeline.run.SparkSettings;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/** What {@code jobs/hinton} starts: runs the experiment, and writes down what it came to. */
public final class Hinton {
  private Hinton() {}

  /**
   * Runs some seeds. After each training both files are written, so that whoever stops it keeps
   * what is done.
   *
   * @param args the configuration, a folder for outputs, the folder of MNIST, the first seed, how
   *     many seeds, the page to write, the JSON to go on with
   * @throws IOException if a file cannot be read or written
   */
  public static void main(String[] args) throws IOException {
    Experiment experiment = new Experiment(new File(args[0]), Path.of(args[1]), Path.of(args[2]));
    long first = Long.parseLong(args[3]);
    int seeds = Integer.parseInt(args[4]);
    Path page = Path.of(args[5]);
    Path json = Path.of(args[6]);
    try (SparkSession spark =
        SparkSession.builder()
            .config(SparkSettings.complete("hinton", Hinton.class.getName()))
            .getOrCreate()) {
      for (long seed = first; seed < first + seeds; seed++) {
        for (Variant variant : experiment.variants(seed)) {
          Outcomes all = Outcomes.read(json).with(experiment.run(spark, variant, seed));
          all.write(json);
          Outcomes.replace(page, page(experiment, all).text().getBytes(StandardCharsets.UTF_8));
        }
      }
    }
  }

  /** Of what was configured as it is now. */
  private static Page page(Experiment experiment, Outcomes all) {
    Map<String, String> configurations = new TreeMap<>();
    experiment
        .variants(1)
        .forEach(variant -> configurations.put(variant.name(), experiment.configuration(variant)));
    return new Page(all.of(configurations));
  }
}
