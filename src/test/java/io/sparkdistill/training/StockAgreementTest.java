package io.sparkdistill.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkdistill.config.CheckpointConfig;
import io.sparkdistill.config.ObjectiveConfig;
import io.sparkdistill.config.PeriodConfig;
import io.sparkdistill.config.RegularisationConfig;
import io.sparkdistill.config.RoundsConfig;
import io.sparkdistill.config.StudentConfig;
import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.config.UpdaterConfig;
import io.sparkdistill.softtargets.SoftTarget;
import io.sparkdistill.student.StudentNetworks;
import io.sparkdistill.training.rows.TrainingData;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/**
 * Where both engines must agree, they do: every worker has one batch of the same size, and plain
 * gradient descent averages to one step on all rows, whoever has which.
 */
class StockAgreementTest {
  private static final int WIDTH = 5;
  private static final int CLASSES = 3;

  @Test
  void averagesAsStockDoesWhereOrderAndWeightsDoNotMatter() {
    assertSameStudent(2, OptionalDouble.empty(), 1e-5f);
  }

  /** With one worker, because where units are limited it matters who has which row. */
  @Test
  void limitsUnitsAsStockDoes() {
    assertSameStudent(1, OptionalDouble.of(0.9), 1e-4f);
  }

  private static void assertSameStudent(int workers, OptionalDouble maxNorm, float tolerance) {
    TrainingConfig training = training(TrainingConfig.Engine.ROUNDS, workers);
    StudentNetworks networks =
        new StudentNetworks(
            new StudentConfig(
                List.of(7),
                StudentConfig.Activation.TANH,
                new StudentConfig.Cnn(List.of(), 3, 2, List.of()),
                new RegularisationConfig(0, 0, maxNorm, 1)),
            WIDTH,
            CLASSES);
    ObjectiveConfig objective = new ObjectiveConfig(3, 0.7);
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      try (TrainingData data = TrainingData.distribute(context.parallelize(rows(), 2), workers)) {
        assertThat(data.workerRows()).hasSize(workers).containsOnly(32 / workers);
        TrainedStudent ours = train(training, data, networks, objective);
        TrainedStudent stock =
            train(training(TrainingConfig.Engine.DL4J_SPARK, workers), data, networks, objective);
        for (int i = 0; i < ours.parameters().length; i++) {
          assertThat(ours.parameters()[i]).isCloseTo(stock.parameters()[i], within(tolerance));
        }
      }
    }
  }

  private static TrainedStudent train(
      TrainingConfig training,
      TrainingData data,
      StudentNetworks networks,
      ObjectiveConfig objective) {
    return TrainingEngine.of(training.engine())
        .train(
            data,
            networks,
            objective,
            training,
            CheckpointFolder.unused(),
            (round, rounds, epoch, loss) -> {});
  }

  private static TrainingConfig training(TrainingConfig.Engine engine, int workers) {
    return new TrainingConfig(
        engine,
        6,
        32 / workers,
        new PeriodConfig.Fixed(1),
        OptionalInt.of(workers),
        11,
        TrainingConfig.Schedule.CONSTANT,
        new UpdaterConfig.Sgd(0.3),
        RoundsConfig.classic(),
        CheckpointConfig.none());
  }

  /** Ids whose hash codes alternate between two workers. */
  private static List<SoftTarget> rows() {
    Random random = new Random(5);
    List<SoftTarget> rows = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      float[] features = new float[WIDTH];
      float[] logits = new float[CLASSES];
      for (int j = 0; j < WIDTH; j++) {
        features[j] = (float) random.nextGaussian();
      }
      for (int j = 0; j < CLASSES; j++) {
        logits[j] = 3 * (float) random.nextGaussian();
      }
      rows.add(new SoftTarget(Character.toString((char) ('A' + i)), 0, i % 3, features, logits));
    }
    return rows;
  }
}
