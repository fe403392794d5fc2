package io.sparkdistill.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.CheckpointConfig;
import io.sparkdistill.config.ObjectiveConfig;
import io.sparkdistill.config.PeriodConfig;
import io.sparkdistill.config.RegularisationConfig;
import io.sparkdistill.config.RoundsConfig;
import io.sparkdistill.config.StudentConfig;
import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.config.UpdaterConfig;
import io.sparkdistill.failure.DivergenceException;
import io.sparkdistill.failure.TransientException;
import io.sparkdistill.softtargets.SoftTarget;
import io.sparkdistill.student.StudentNetworks;
import io.sparkdistill.training.rows.TrainingData;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Deeplearning4j's own engine ends as the other one does. */
class StockEngineTest {
  private static SparkSession spark;

  private final List<Integer> epochs = new ArrayList<>();

  @BeforeAll
  static void start() {
    spark = SparkSession.builder().getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void parametersThatOnlyTheLastStepMadeInfiniteAreNoStudent() {
    assertThatThrownBy(() -> train(1, 1e300, () -> false))
        .isInstanceOf(DivergenceException.class)
        .hasMessageMatching(
            "Cannot go on training, the student is no longer finite after epoch 1: loss"
                + " [0-9.]+\\. Nothing was published; lower training.updater's learningRate\\.");
    assertThat(epochs).isEmpty();
  }

  @Test
  void askedToStopItEndsAfterTheEpochAndSaysThatItBeginsAnew() {
    assertThatThrownBy(() -> train(3, 0.1, () -> epochs.size() == 2))
        .isInstanceOf(TransientException.class)
        .hasMessage(
            "Cannot go on training, the process was asked to stop: after epoch 2 of 3. Run the same"
                + " command again, it begins anew: dl4j-spark keeps no checkpoints.");
    assertThat(epochs).containsExactly(1, 2);
  }

  @Test
  void askedToStopInTheLastEpochItGivesTheStudent() {
    assertThat(train(2, 0.1, () -> epochs.size() == 2).steps()).isEqualTo(2);
  }

  private TrainedStudent train(int all, double learningRate, BooleanSupplier stop) {
    TrainingConfig training =
        new TrainingConfig(
            TrainingConfig.Engine.DL4J_SPARK,
            all,
            32,
            new PeriodConfig.Fixed(1),
            OptionalInt.of(1),
            11,
            TrainingConfig.Schedule.CONSTANT,
            new UpdaterConfig.Sgd(learningRate),
            RoundsConfig.classic(),
            CheckpointConfig.none());
    StudentNetworks networks =
        new StudentNetworks(
            new StudentConfig(
                List.of(5),
                StudentConfig.Activation.TANH,
                new StudentConfig.Cnn(List.of(), 3, 2, List.of()),
                RegularisationConfig.none()),
            3,
            2);
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    try (TrainingData data = TrainingData.distribute(context.parallelize(rows(), 1), 1)) {
      return TrainingEngine.of(training.engine())
          .train(
              data,
              networks,
              new ObjectiveConfig(1, 0),
              training,
              new Checkpoints(
                  CheckpointFolder.unused().store(),
                  CheckpointFolder.INPUTS,
                  Optional.empty(),
                  CheckpointConfig.none(),
                  stop),
              (round, rounds, epoch, loss) -> epochs.add(epoch));
    }
  }

  private static List<SoftTarget> rows() {
    return IntStream.range(0, 32)
        .mapToObj(
            i ->
                new SoftTarget(
                    "row-" + i, 0, i % 2, new float[] {i % 2, i % 3, i % 5}, new float[2]))
        .toList();
  }
}
