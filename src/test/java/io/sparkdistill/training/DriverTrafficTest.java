package io.sparkdistill.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.CheckpointConfig;
import io.sparkdistill.config.ObjectiveConfig;
import io.sparkdistill.config.PeriodConfig;
import io.sparkdistill.config.RegularisationConfig;
import io.sparkdistill.config.RoundsConfig;
import io.sparkdistill.config.RoundsConfig.Patience;
import io.sparkdistill.config.RoundsConfig.UpdaterState;
import io.sparkdistill.config.StudentConfig;
import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.config.UpdaterConfig;
import io.sparkdistill.failure.InvalidConfigurationException;
import io.sparkdistill.softtargets.SoftTarget;
import io.sparkdistill.student.StudentNetworks;
import io.sparkdistill.training.rows.TrainingData;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** What comes to the driver is known before the first round. */
class DriverTrafficTest {
  private static final int PARAMETERS = 50_000_000;
  private static final Patience NONE = new Patience(0, 1);

  @Test
  void driverReceivesAtMostEightStatesUnlessItWaitsForNobody() {
    UpdaterStates adam = new UpdaterStates(UpdaterState.AVERAGE, 2 * PARAMETERS);
    long state = 12L * PARAMETERS;
    assertThat(of(adam, 3, NONE)).isEqualTo(new DriverTraffic(3 * state, 0));
    assertThat(of(adam, 8, NONE)).isEqualTo(new DriverTraffic(8 * state, 0));
    assertThat(of(adam, 9, NONE)).isEqualTo(new DriverTraffic(2 * state, 0));
    assertThat(of(adam, 512, NONE)).isEqualTo(new DriverTraffic(8 * state, 0));
    assertThat(of(adam, 512, new Patience(2, 0.9))).isEqualTo(new DriverTraffic(512 * state, 0));
  }

  @Test
  void updatersOfWorkersOfTheirOwnComeAllAndGoAllBack() {
    UpdaterStates own = new UpdaterStates(UpdaterState.LOCAL, 2 * PARAMETERS);
    assertThat(of(own, 64, NONE))
        .isEqualTo(new DriverTraffic(8 * 4L * PARAMETERS + 64 * 8L * PARAMETERS, 8L * PARAMETERS));
    UpdaterStates reset = new UpdaterStates(UpdaterState.RESET, 2 * PARAMETERS);
    assertThat(of(reset, 64, NONE)).isEqualTo(new DriverTraffic(8 * 4L * PARAMETERS, 0));
  }

  @Test
  void moreResultsThanTheDriverTakesAreRefusedNamingTheSetting() {
    DriverTraffic traffic = new DriverTraffic(1_200_000_000, 0);
    SparkConf conf = new SparkConf(false);
    assertThatThrownBy(() -> traffic.requireAllowed(conf))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessage(
            "Cannot train in rounds, the results of a round would have more bytes than"
                + " spark.driver.maxResultSize allows, which are 1073741824: 1200000000. Set it to"
                + " 1259m or more, or choose a smaller student.");
    assertThatCode(
            () -> {
              traffic.requireAllowed(conf.set("spark.driver.maxResultSize", "1259m"));
              traffic.requireAllowed(conf.set("spark.driver.maxResultSize", "0"));
            })
        .doesNotThrowAnyException();
  }

  @Test
  void tasksThatAreLargerThanAMessageAreRefusedNamingTheSetting() {
    DriverTraffic traffic = new DriverTraffic(1_000, 200_000_000);
    SparkConf conf = new SparkConf(false);
    assertThatThrownBy(() -> traffic.requireAllowed(conf))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessage(
            "Cannot train in rounds, a task with its worker's updater would have more bytes than"
                + " spark.rpc.message.maxSize allows, which are 134217728: 200000000. Set it to 210"
                + " or more, or choose a smaller student.");
    assertThatCode(() -> traffic.requireAllowed(conf.set("spark.rpc.message.maxSize", "210")))
        .doesNotThrowAnyException();
  }

  @Test
  void trainingAsksBeforeItsFirstRound() {
    SparkSession.Builder small = SparkSession.builder().config("spark.driver.maxResultSize", "64k");
    TrainingConfig training =
        new TrainingConfig(
            TrainingConfig.Engine.ROUNDS,
            1,
            2,
            new PeriodConfig.Fixed(1),
            OptionalInt.of(9),
            11,
            TrainingConfig.Schedule.CONSTANT,
            new UpdaterConfig.Adam(0.05, 0.9, 0.999, 1e-8),
            RoundsConfig.classic(),
            CheckpointConfig.none());
    StudentNetworks networks =
        new StudentNetworks(
            new StudentConfig(
                List.of(6_000),
                StudentConfig.Activation.TANH,
                new StudentConfig.Cnn(List.of(), 3, 2, List.of()),
                RegularisationConfig.none()),
            3,
            2);
    List<SoftTarget> rows =
        IntStream.range(0, 32)
            .mapToObj(i -> new SoftTarget("row-" + i, 0, i % 2, new float[3], new float[2]))
            .toList();
    try (SparkSession spark = small.getOrCreate()) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      try (TrainingData data = TrainingData.distribute(context.parallelize(rows, 1), 9)) {
        assertThatThrownBy(
                () ->
                    TrainingEngine.of(training.engine())
                        .train(
                            data,
                            networks,
                            new ObjectiveConfig(1, 0),
                            training,
                            CheckpointFolder.unused(),
                            (round, all, epoch, loss) -> {}))
            .isInstanceOf(InvalidConfigurationException.class)
            .hasMessageStartingWith("Cannot train in rounds, the results of a round ")
            // Two sums of groups, of 36,002 parameters and twice as many numbers of adam.
            .hasMessageContaining("which are 65536: " + 2 * 12 * 36_002 + ". ");
      }
    }
  }

  private static DriverTraffic of(UpdaterStates updaters, int workers, Patience patience) {
    return DriverTraffic.of(PARAMETERS, updaters, workers, patience);
  }
}
