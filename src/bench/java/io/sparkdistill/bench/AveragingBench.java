package io.sparkdistill.bench;

import io.sparkdistill.config.CheckpointConfig;
import io.sparkdistill.config.ObjectiveConfig;
import io.sparkdistill.config.OuterConfig;
import io.sparkdistill.config.PeriodConfig;
import io.sparkdistill.config.RoundsConfig;
import io.sparkdistill.config.StudentConfig;
import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.config.UpdaterConfig;
import io.sparkdistill.digits.Idx;
import io.sparkdistill.softtargets.SoftTarget;
import io.sparkdistill.student.StudentNetworks;
import io.sparkdistill.student.StudentScorer;
import io.sparkdistill.student.StudentZip;
import io.sparkdistill.training.TrainedStudent;
import io.sparkdistill.training.TrainingEngine;
import io.sparkdistill.training.rows.TrainingData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * What averaging costs in accuracy: MNIST's labels, the same number of samples, one worker and
 * several, averaged often and rarely, with momentum between rounds and without, and with the
 * learning rate of one worker and larger ones.
 */
public final class AveragingBench {
  private static final int WIDTH = 784;
  private static final int CLASSES = 10;
  private static final int BATCH = 128;
  private static final int PARTITIONS = 8;
  private static final int SCORED_ROWS = 500;
  private static final double LEARNING_RATE = 0.001;

  private AveragingBench() {}

  /** One line of the table. */
  private record Run(
      int workers, int batch, int averageEvery, OuterConfig.Preset outer, double learningRate) {}

  /** What a training came to. */
  private record Ended(int rounds, int errors) {}

  /**
   * Trains and prints a table, line by line.
   *
   * @param args folder of MNIST, number of epochs, seeds of each line, numbers of workers, batches
   *     a round, rows a batch; the last three with commas between them
   * @throws IOException if MNIST cannot be read
   */
  public static void main(String[] args) throws IOException {
    Path mnist = Path.of(args[0]);
    int epochs = Integer.parseInt(args[1]);
    int seeds = Integer.parseInt(args[2]);
    List<SoftTarget> train = rows(mnist, "train");
    List<SoftTarget> test = rows(mnist, "t10k");
    System.out.println(
        "| workers | rows a batch | batches a round | outer step | learning rate | rounds | errors of 10,000 | accuracy |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    try (SparkSession spark = SparkSession.builder().appName("bench averaging").getOrCreate()) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      for (Run run : runs(numbers(args[3]), numbers(args[4]), numbers(args[5]))) {
        SummaryStatistics errors = new SummaryStatistics();
        int rounds = 0;
        for (int seed = 1; seed <= seeds; seed++) {
          Ended ended = ended(context.parallelize(train, PARTITIONS), test, run, epochs, seed);
          errors.addValue(ended.errors());
          rounds = ended.rounds();
        }
        System.out.println(line(run, rounds, errors, test.size()));
      }
    }
  }

  private static int[] numbers(String text) {
    return Arrays.stream(text.split(",")).mapToInt(Integer::parseInt).toArray();
  }

  private static List<Run> runs(int[] workers, int[] periods, int[] batches) {
    List<Run> runs = new ArrayList<>();
    for (int several : workers) {
      if (several == 1) {
        // Of one worker the mean is its own parameters: how often it is taken changes nothing.
        runs.add(new Run(1, BATCH, 200, OuterConfig.Preset.AVERAGE, LEARNING_RATE));
        continue;
      }
      for (int batch : batches) {
        for (int averageEvery : periods) {
          runs.addAll(rates(several, batch, averageEvery));
        }
      }
    }
    return runs;
  }

  /**
   * The learning rate of one worker, and those for batches that many times as large: rules of the
   * root, and of proportion.
   */
  private static List<Run> rates(int workers, int batch, int averageEvery) {
    double larger = (double) workers * batch / BATCH;
    return DoubleStream.of(1, Math.sqrt(larger), larger)
        .distinct()
        .map(times -> LEARNING_RATE * times)
        .boxed()
        .flatMap(
            rate ->
                Stream.of(OuterConfig.Preset.AVERAGE, OuterConfig.Preset.SLOWMO)
                    .map(outer -> new Run(workers, batch, averageEvery, outer, rate)))
        .toList();
  }

  private static String line(Run run, int rounds, SummaryStatistics errors, int rows) {
    return String.format(
        Locale.ROOT,
        "| %d | %d | %s | %s | %.4f | %d | %s | %.2f %% |",
        run.workers(),
        run.batch(),
        run.workers() == 1 ? "any" : run.averageEvery(),
        run.outer().name().toLowerCase(Locale.ROOT),
        run.learningRate(),
        rounds,
        errors.getN() == 1
            ? String.format(Locale.ROOT, "%.0f", errors.getMean())
            : String.format(
                Locale.ROOT, "%.1f ± %.1f", errors.getMean(), errors.getStandardDeviation()),
        100 - 100 * errors.getMean() / rows);
  }

  private static Ended ended(
      JavaRDD<SoftTarget> train, List<SoftTarget> test, Run run, int epochs, int seed) {
    RoundsConfig classic = RoundsConfig.classic();
    TrainingConfig training =
        new TrainingConfig(
            TrainingConfig.Engine.ROUNDS,
            epochs,
            run.batch(),
            new PeriodConfig.Fixed(run.averageEvery()),
            OptionalInt.of(run.workers()),
            seed,
            TrainingConfig.Schedule.COSINE,
            new UpdaterConfig.Adam(run.learningRate(), 0.9, 0.999, 1e-8),
            new RoundsConfig(
                run.outer().step(),
                classic.updaterState(),
                classic.warmUpRounds(),
                classic.shuffle(),
                classic.validation(),
                classic.limits(),
                classic.patience(),
                classic.cache(),
                classic.localSteps(),
                classic.augmentation()),
            CheckpointConfig.none());
    StudentNetworks networks =
        new StudentNetworks(
            new StudentConfig(List.of(800, 800), StudentConfig.Activation.RELU), WIDTH, CLASSES);
    int[] rounds = new int[1];
    try (TrainingData data = TrainingData.of(train, run.workers(), training.rounds())) {
      TrainedStudent student =
          TrainingEngine.of(training.engine())
              .train(
                  data,
                  networks,
                  ObjectiveConfig.labelsAlone(),
                  training,
                  Unkept.checkpoints(),
                  (round, all, epoch, loss) -> rounds[0] = round);
      byte[] zip = StudentZip.write(networks.published(training), student.parameters());
      return new Ended(rounds[0], errors(StudentScorer.open(zip, "the student"), test));
    }
  }

  private static int errors(StudentScorer scorer, List<SoftTarget> test) {
    int errors = 0;
    for (int from = 0; from < test.size(); from += SCORED_ROWS) {
      List<SoftTarget> some = test.subList(from, Math.min(test.size(), from + SCORED_ROWS));
      float[] features = new float[some.size() * WIDTH];
      for (int i = 0; i < some.size(); i++) {
        System.arraycopy(some.get(i).features(), 0, features, i * WIDTH, WIDTH);
      }
      float[] scores = scorer.score(features, some.size());
      for (int i = 0; i < some.size(); i++) {
        errors += Answer.best(scores, i * CLASSES, CLASSES) == some.get(i).label() ? 0 : 1;
      }
    }
    return errors;
  }

  private static List<SoftTarget> rows(Path mnist, String part) throws IOException {
    Idx images = Idx.read(mnist.resolve(part + "-images-idx3-ubyte.gz"));
    Idx labels = Idx.read(mnist.resolve(part + "-labels-idx1-ubyte.gz"));
    List<SoftTarget> rows = new ArrayList<>();
    for (int i = 0; i < images.items(); i++) {
      float[] pixels = new float[WIDTH];
      for (int j = 0; j < WIDTH; j++) {
        pixels[j] = (images.values()[i * WIDTH + j] & 0xff) / 255f;
      }
      String id = String.format(Locale.ROOT, "%s-%05d", part, i);
      // The labels alone: what a teacher would say is not asked for.
      rows.add(new SoftTarget(id, 0, labels.values()[i], pixels, new float[CLASSES]));
    }
    return rows;
  }
}
