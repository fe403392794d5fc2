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
import io.sparkdistill.training.TrainingData;
import io.sparkdistill.training.TrainingEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * What averaging costs in accuracy: MNIST's labels, the same number of samples, one worker and
 * several, averaged often and rarely, with momentum between rounds and without.
 */
public final class AveragingBench {
  private static final int WIDTH = 784;
  private static final int CLASSES = 10;
  private static final int BATCH = 128;
  private static final int PARTITIONS = 8;
  private static final int SCORED_ROWS = 500;

  private AveragingBench() {}

  /** One line of the table. */
  private record Run(int workers, int averageEvery, OuterConfig.Preset outer) {}

  /**
   * Trains and prints a table, line by line.
   *
   * @param args folder of MNIST, number of epochs
   * @throws IOException if MNIST cannot be read
   */
  public static void main(String[] args) throws IOException {
    Path mnist = Path.of(args[0]);
    int epochs = Integer.parseInt(args[1]);
    List<SoftTarget> train = rows(mnist, "train");
    List<SoftTarget> test = rows(mnist, "t10k");
    System.out.println(
        "| workers | batches a round | outer step | rounds | errors of 10,000 | accuracy |");
    System.out.println("|---|---|---|---|---|---|");
    try (SparkSession spark = SparkSession.builder().appName("bench averaging").getOrCreate()) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      for (Run run : runs()) {
        System.out.println(line(context.parallelize(train, PARTITIONS), test, run, epochs));
      }
    }
  }

  private static List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    // Of one worker the mean is its own parameters: how often it is taken changes nothing.
    runs.add(new Run(1, 200, OuterConfig.Preset.AVERAGE));
    for (int workers : new int[] {2, 4, 8}) {
      for (int averageEvery : new int[] {20, 200}) {
        runs.add(new Run(workers, averageEvery, OuterConfig.Preset.AVERAGE));
        runs.add(new Run(workers, averageEvery, OuterConfig.Preset.SLOWMO));
      }
    }
    return runs;
  }

  private static String line(
      JavaRDD<SoftTarget> train, List<SoftTarget> test, Run run, int epochs) {
    RoundsConfig classic = RoundsConfig.classic();
    TrainingConfig training =
        new TrainingConfig(
            TrainingConfig.Engine.ROUNDS,
            epochs,
            BATCH,
            new PeriodConfig.Fixed(run.averageEvery()),
            OptionalInt.of(run.workers()),
            1,
            TrainingConfig.Schedule.COSINE,
            new UpdaterConfig.Adam(0.001, 0.9, 0.999, 1e-8),
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
      int errors = errors(StudentScorer.open(zip, "the student"), test);
      return String.format(
          Locale.ROOT,
          "| %d | %s | %s | %d | %d | %.2f %% |",
          run.workers(),
          run.workers() == 1 ? "any" : run.averageEvery(),
          run.outer().name().toLowerCase(Locale.ROOT),
          rounds[0],
          errors,
          100 - 100.0 * errors / test.size());
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
