package io.sparkdistill.bench;

import io.sparkdistill.config.CheckpointConfig;
import io.sparkdistill.config.ObjectiveConfig;
import io.sparkdistill.config.PeriodConfig;
import io.sparkdistill.config.RoundsConfig;
import io.sparkdistill.config.StudentConfig;
import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.config.UpdaterConfig;
import io.sparkdistill.softtargets.SoftTarget;
import io.sparkdistill.student.StudentNetworks;
import io.sparkdistill.training.TrainedStudent;
import io.sparkdistill.training.TrainingEngine;
import io.sparkdistill.training.rows.TrainingData;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Trains one student with rounds of one step and with longer ones: the time of a round that has no
 * steps lies on the line through both.
 */
final class ScaleRun {
  private static final int WIDTH = 784;
  private static final int CLASSES = 10;
  private static final int BATCH = 128;
  private static final int LONG_ROUND = 5;

  /** The first ones are slow for reasons of their own. */
  private static final int WARM_UP_ROUNDS = 10;

  private static final int COUNTED_ROUNDS = 20;

  private final SparkContext spark;
  private final List<Integer> hidden;
  private final int executors;

  ScaleRun(SparkSession session, List<Integer> hidden, int executors) {
    this.spark = session.sparkContext();
    this.hidden = hidden;
    this.executors = executors;
  }

  /** Medians of one training. */
  private record Rounds(double seconds, long bytes, int parameters) {}

  ScalePoint measure() {
    Rounds brief = train(1);
    Rounds longer = train(LONG_ROUND);
    double step = (longer.seconds - brief.seconds) / (LONG_ROUND - 1);
    return new ScalePoint(
        brief.parameters,
        executors,
        Math.max(0, brief.seconds - step),
        Math.max(0, step),
        brief.bytes);
  }

  private Rounds train(int averageEvery) {
    int rounds = WARM_UP_ROUNDS + COUNTED_ROUNDS;
    TrainingConfig training = training(averageEvery, rounds);
    StudentNetworks networks =
        new StudentNetworks(
            new StudentConfig(hidden, StudentConfig.Activation.RELU), WIDTH, CLASSES);
    List<Long> ends = new ArrayList<>();
    ScaleTraffic traffic = new ScaleTraffic();
    try (TrainingData data = TrainingData.distribute(rows(), executors)) {
      spark.addSparkListener(traffic);
      TrainedStudent student =
          TrainingEngine.of(training.engine())
              .train(
                  data,
                  networks,
                  ObjectiveConfig.labelsAlone(),
                  training,
                  Unkept.checkpoints(),
                  (round, all, epoch, loss) -> ends.add(System.nanoTime()));
      return new Rounds(median(ends), traffic.bytes() / ends.size(), student.parameters().length);
    } finally {
      spark.removeSparkListener(traffic);
    }
  }

  private static double median(List<Long> ends) {
    double[] seconds =
        IntStream.range(WARM_UP_ROUNDS, ends.size())
            .mapToDouble(round -> (ends.get(round) - ends.get(round - 1)) / 1e9)
            .sorted()
            .toArray();
    return seconds[seconds.length / 2];
  }

  private static TrainingConfig training(int averageEvery, int rounds) {
    return new TrainingConfig(
        TrainingConfig.Engine.ROUNDS,
        // Of one long round, or of as many brief ones as it has steps.
        rounds * averageEvery / LONG_ROUND,
        BATCH,
        new PeriodConfig.Fixed(averageEvery),
        OptionalInt.empty(),
        1,
        TrainingConfig.Schedule.CONSTANT,
        new UpdaterConfig.Adam(0.001, 0.9, 0.999, 1e-8),
        RoundsConfig.classic(),
        CheckpointConfig.none());
  }

  /** As many for each worker. */
  private JavaRDD<SoftTarget> rows() {
    int wanted = LONG_ROUND * BATCH;
    int[] left = IntStream.range(0, executors).map(worker -> wanted).toArray();
    List<String> ids = new ArrayList<>();
    for (int number = 0; ids.size() < wanted * executors; number++) {
      String id = Integer.toString(number);
      // Where the training sends it.
      if (left[Math.floorMod(id.hashCode(), executors)]-- > 0) {
        ids.add(id);
      }
    }
    return JavaSparkContext.fromSparkContext(spark).parallelize(ids, executors).map(ScaleRun::row);
  }

  private static SoftTarget row(String id) {
    SplittableRandom random = new SplittableRandom(id.hashCode());
    float[] features = new float[WIDTH];
    for (int i = 0; i < WIDTH; i++) {
      features[i] = (float) random.nextDouble();
    }
    return new SoftTarget(id, 0, random.nextInt(CLASSES), features, new float[CLASSES]);
  }
}
