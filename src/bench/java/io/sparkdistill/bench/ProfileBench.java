package io.sparkdistill.bench;

import io.sparkdistill.pipeline.run.SparkSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Where the time of this project's rounds goes: by what the stacks of tasks and driver show, so
 * that what is measured has no clocks in it. Shares, not seconds: looking costs time as well.
 */
public final class ProfileBench {
  private static final int LINES = 20;

  private ProfileBench() {}

  /**
   * Trains the benchmark's student and prints three tables.
   *
   * @param args folder of MNIST, repetitions that are not counted, and that are
   * @throws Exception if anything fails
   */
  public static void main(String[] args) throws Exception {
    TrainingDigits digits = TrainingDigits.read(Path.of(args[0]));
    try (SparkSession spark =
        SparkSession.builder()
            .config(SparkSettings.complete("bench profile", ProfileBench.class.getName()))
            .getOrCreate()) {
      RoundsWorker worker =
          new RoundsWorker(JavaSparkContext.fromSparkContext(spark.sparkContext()), digits);
      repeat(worker, Integer.parseInt(args[1]));
      try (StackSampler sampler = new StackSampler()) {
        repeat(worker, Integer.parseInt(args[2]));
        List<Integer> rounds = sampler.rounds();
        print(
            "within a round, workers in their steps",
            Map.of("none", rounds.get(0), "one", rounds.get(1), "both", rounds.get(2)));
        print("a worker's steps", sampler.steps());
        print("other threads while no worker is in its steps", sampler.gaps());
      }
    }
  }

  private static void repeat(RoundsWorker worker, int times) {
    for (int i = 0; i < times; i++) {
      worker.measure(Student.MLP.toString());
    }
  }

  private static void print(String title, Map<String, Integer> counts) {
    int all = counts.values().stream().mapToInt(Integer::intValue).sum();
    System.out.printf(Locale.ROOT, "| %s | samples | share |%n|---|---:|---:|%n", title);
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(LINES)
        .forEach(
            entry ->
                System.out.printf(
                    Locale.ROOT,
                    "| %s | %,d | %.1f %% |%n",
                    entry.getKey(),
                    entry.getValue(),
                    100.0 * entry.getValue() / all));
    System.out.println();
  }
}
