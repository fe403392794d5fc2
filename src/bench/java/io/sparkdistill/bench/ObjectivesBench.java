package io.sparkdistill.bench;

import io.sparkdistill.config.reading.ConfigLoader;
import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.evaluation.ModelMetrics;
import io.sparkdistill.pipeline.Command;
import io.sparkdistill.pipeline.Pipeline;
import io.sparkdistill.pipeline.run.LogProgress;
import io.sparkdistill.pipeline.run.StopRequest;
import io.sparkdistill.pipeline.trials.Tuning;
import io.sparkdistill.pipeline.trials.TuningResult;
import io.sparkdistill.tuning.TuningPlan;
import io.sparkdistill.tuning.TuningReport;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.apache.spark.sql.SparkSession;

/**
 * What each objective is worth on the quickstart's data: each is tuned with as many trials as the
 * others, on training rows that are held out, and then trained from several seeds. What was done is
 * kept, so that a bench that was stopped goes on.
 */
public final class ObjectivesBench {
  private static final String HOLDER = "bench objectives";
  private static final Pattern WEIGHT = Pattern.compile("\\[.*weight\\W+([0-9.]+).*\\]");

  private ObjectivesBench() {}

  /**
   * Tunes, trains, and prints a table in Markdown, line by line.
   *
   * @param args a configuration, a folder for what is trained, trials of each objective, seeds
   */
  public static void main(String[] args) {
    File conf = new File(args[0]);
    Path folder = Path.of(args[1]);
    int trials = Integer.parseInt(args[2]);
    int seeds = Integer.parseInt(args[3]);
    System.out.println("| objective | errors | NLL | KL to the teacher | what `tune` chose |");
    System.out.println("|---|---|---|---|---|");
    try (SparkSession spark = SparkSession.builder().appName(HOLDER).getOrCreate()) {
      for (Contender contender : Contender.all()) {
        Path output = folder.resolve(contender.name());
        TuningResult tuned = tuned(spark, conf, contender, output, trials);
        System.out.println(
            line(contender.name(), models(spark, output, seeds), chosen(tuned.report().best())));
      }
    }
  }

  private static TuningResult tuned(
      SparkSession spark, File conf, Contender contender, Path output, int trials) {
    List<String> settings = new ArrayList<>(contender.settings());
    settings.add("output=" + output);
    settings.add("evaluation.baseline=false");
    settings.add("tuning.trials=" + (trials - 1));
    settings.add("tuning.metric=nll");
    settings.add("tuning.halving.minEpochs=5");
    TuningPlan plan = TuningPlan.of(ConfigLoader.fromFile(conf, settings));
    return new Tuning(spark, plan, new LogProgress(), new StopRequest()).run(HOLDER);
  }

  private static List<ModelMetrics> models(SparkSession spark, Path output, int seeds) {
    File best = output.resolve("tuning/best.conf").toFile();
    List<ModelMetrics> models = new ArrayList<>();
    for (int seed = 1; seed <= seeds; seed++) {
      // An output of its own, in which what was done is up to date when the bench goes on.
      List<String> settings =
          List.of("training.seed=" + seed, "output=" + output.resolve("seed-" + seed));
      Pipeline pipeline =
          new Pipeline(spark, ConfigLoader.fromFile(best, settings).config(), new LogProgress());
      Metrics metrics = pipeline.run(Command.RUN, HOLDER).metrics().orElseThrow();
      models.add(metrics.models().get(Metrics.STUDENT));
    }
    return models;
  }

  private static String line(String name, List<ModelMetrics> models, String chosen) {
    SummaryStatistics errors = new SummaryStatistics();
    SummaryStatistics nll = new SummaryStatistics();
    SummaryStatistics kl = new SummaryStatistics();
    for (ModelMetrics model : models) {
      errors.addValue((double) model.errors());
      nll.addValue(model.nll());
      kl.addValue(model.klToTeacher());
    }
    return String.format(
        Locale.ROOT,
        "| %s | %.0f ± %.0f | %.4f ± %.4f | %.4f ± %.4f | %s |",
        name,
        errors.getMean(),
        errors.getStandardDeviation(),
        nll.getMean(),
        nll.getStandardDeviation(),
        kl.getMean(),
        kl.getStandardDeviation(),
        chosen);
  }

  /** The first trial varies nothing. */
  private static String chosen(TuningReport.Entry best) {
    return best.values().isEmpty()
        ? "nothing"
        : best.values().entrySet().stream()
            .map(value -> last(value.getKey()) + " " + brief(value.getValue()))
            .collect(Collectors.joining(", "));
  }

  /** Of a comparison of layers only what was varied. */
  private static String brief(Object value) {
    return WEIGHT.matcher(value.toString()).replaceAll("$1");
  }

  private static String last(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }
}
