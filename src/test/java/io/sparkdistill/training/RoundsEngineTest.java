package io.sparkdistill.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.AugmentationConfig;
import io.sparkdistill.config.CheckpointConfig;
import io.sparkdistill.config.ObjectiveConfig;
import io.sparkdistill.config.OuterConfig;
import io.sparkdistill.config.PeriodConfig;
import io.sparkdistill.config.RegularisationConfig;
import io.sparkdistill.config.RoundsConfig;
import io.sparkdistill.config.RoundsConfig.Cache;
import io.sparkdistill.config.RoundsConfig.LocalSteps;
import io.sparkdistill.config.RoundsConfig.Shuffle;
import io.sparkdistill.config.RoundsConfig.UpdaterState;
import io.sparkdistill.config.StudentConfig;
import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.config.UpdaterConfig;
import io.sparkdistill.config.ValidationConfig;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.softtargets.HeldOut;
import io.sparkdistill.softtargets.SoftTarget;
import io.sparkdistill.student.StudentNetworks;
import io.sparkdistill.training.rows.RowOrder;
import io.sparkdistill.training.rows.TrainingData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rounds on Spark, with workers that have many rows, few, or none. */
class RoundsEngineTest {
  private static final int WIDTH = 4;
  private static final int CLASSES = 3;
  private static final RoundsConfig CLASSIC = RoundsConfig.classic();

  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark = SparkSession.builder().getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @ParameterizedTest
  @EnumSource(UpdaterState.class)
  void skewedAndEmptyWorkersTrainTheSameStudentEachTime(UpdaterState updaterState) {
    RoundsConfig rounds = rounds(OuterConfig.Preset.SLOWMO.step(), updaterState, 2, Shuffle.ONCE);
    TrainedStudent first = train(skewed(), 3, 1, rounds);
    TrainedStudent second = train(skewed(), 3, 4, rounds);
    assertThat(second.parameters()).containsExactly(first.parameters());
    assertThat(first.finalLoss()).isLessThan(0.8);
  }

  @Test
  void oneWorkerWithItsOwnUpdaterIsOneWorkerWithTheMeanOfAll() {
    RoundsConfig own = rounds(CLASSIC.outer(), UpdaterState.LOCAL, 0, Shuffle.ONCE);
    TrainedStudent averaged = train(skewed(), 1, 2, CLASSIC);
    assertThat(train(skewed(), 1, 2, own).parameters()).containsExactly(averaged.parameters());
  }

  @Test
  void emptyWorkersChangeNothing() {
    // All ids have one hash code's remainder by 2 and by 4.
    List<SoftTarget> rows = new ArrayList<>();
    for (SoftTarget row : skewed()) {
      if (row.id().hashCode() % 4 == 0) {
        rows.add(row);
      }
    }
    TrainedStudent one = train(rows, 1, 1, CLASSIC);
    assertThat(train(rows, 4, 1, CLASSIC).parameters()).containsExactly(one.parameters());
  }

  @Test
  void rowsThatAreDealtEachEpochTrainTheSameStudentFromAnyLayout() {
    RoundsConfig rounds = rounds(CLASSIC.outer(), UpdaterState.LOCAL, 1, Shuffle.EPOCH);
    TrainedStudent first = train(skewed(), 3, 1, rounds);
    assertThat(train(skewed(), 3, 4, rounds).parameters()).containsExactly(first.parameters());
    assertThat(first.finalLoss()).isLessThan(0.8);
    // 109 rows by 3 are 37, 36 and 36, which are 5 steps of 8, and one of the warm-up.
    assertThat(first.steps()).isEqualTo(6 * 5 + 1);
  }

  @Test
  void rowsThatStayAsTheyStandAreNeighboursInOrder() {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<SoftTarget> rows = skewed();
    RoundsConfig asTheyStand = rounds(CLASSIC.outer(), UpdaterState.AVERAGE, 0, Shuffle.NONE);
    try (TrainingData data = TrainingData.of(context.parallelize(rows, 5), 2, asTheyStand)) {
      assertThat(data.workerRows()).containsExactly(43, 66);
      assertThat(data.rows().collect().get(1).all().next().features())
          .containsExactly(rows.get(43).features());
    }
    try (TrainingData data = TrainingData.of(context.parallelize(rows, 2), 9, asTheyStand)) {
      assertThat(data.workerRows()).containsExactly(54, 55);
    }
    assertThat(RowOrder.of(Shuffle.NONE, 1).of(4, 3, 1)).containsExactly(0, 1, 2, 3);
  }

  @ParameterizedTest
  @EnumSource(Shuffle.class)
  void rowsThatAreOnDiskOrReadAgainTrainTheStudentOfThoseInMemory(Shuffle shuffle) {
    RoundsConfig memory = rounds(CLASSIC.outer(), UpdaterState.LOCAL, 1, shuffle);
    float[] expected = train(skewed(), 3, 3, memory).parameters();
    for (Cache cache : List.of(Cache.DISK, Cache.NONE)) {
      RoundsConfig rounds = rounds(CLASSIC.outer(), UpdaterState.LOCAL, 1, shuffle, cache);
      assertThat(train(skewed(), 3, 3, rounds).parameters()).as("%s", cache).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @EnumSource(Cache.class)
  void stepsThatAreSharedBySpeedTrainAStudentFromAsManySamples(Cache cache, @TempDir Path folder) {
    RoundsConfig rounds =
        new RoundsConfig(
            CLASSIC.outer(),
            UpdaterState.LOCAL,
            1,
            Shuffle.ONCE,
            CLASSIC.validation(),
            CLASSIC.limits(),
            CLASSIC.patience(),
            cache,
            LocalSteps.BY_SPEED,
            CLASSIC.augmentation());
    CheckpointFolder kept = CheckpointFolder.in(folder);
    TrainedStudent student =
        train(skewed(), 3, 2, rounds, RegularisationConfig.none(), kept.every(1, 1));
    assertThat(student.steps()).isEqualTo(train(skewed(), 3, 2, warmedUp()).steps());
    Checkpoint last = kept.store().newest().orElseThrow();
    List<Paces.Pace> paces = TrainingState.of(last.taken()).paces().workers();
    assertThat(paces).hasSize(3);
    assertThat(paces.subList(0, 2))
        .allSatisfy(
            pace -> {
              assertThat(pace.seen()).isPositive();
              assertThat(pace.nanosPerStep()).isPositive();
            });
    assertThat(paces.get(2).seen()).isZero();
  }

  private static RoundsConfig warmedUp() {
    return rounds(CLASSIC.outer(), UpdaterState.LOCAL, 1, Shuffle.ONCE);
  }

  @Test
  void heldOutRowsAreNotTrainedOnAndChooseTheSameStudentEachTime() {
    RoundsConfig rounds = validated(0.3);
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    try (TrainingData data = TrainingData.of(context.parallelize(skewed(), 2), 3, rounds)) {
      assertThat(data.heldOut().orElseThrow().count()).isBetween(20L, 45L);
      assertThat(data.count() + data.heldOut().orElseThrow().count()).isEqualTo(109);
    }
    TrainedStudent first = train(skewed(), 3, 1, rounds);
    assertThat(train(skewed(), 3, 4, rounds).parameters()).containsExactly(first.parameters());
    assertThat(first.parameters()).isNotEqualTo(train(skewed(), 3, 1, CLASSIC).parameters());
  }

  @Test
  void fractionThatHoldsNothingOutIsRefused() {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    assertThatThrownBy(() -> TrainingData.of(context.parallelize(skewed(), 2), 3, validated(1e-9)))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "Cannot hold rows out, of 109 rows are held out: 0. Change"
                + " training.validation.fraction, which is 1.0E-9.");
  }

  @ParameterizedTest
  @EnumSource(Cache.class)
  void rowsThatCouldNotBeDistributedAreNotKept(Cache cache) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    RoundsConfig all = cached(validated(1), cache);
    assertThatThrownBy(() -> TrainingData.of(context.parallelize(skewed(), 2), 3, all))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("Cannot hold rows out, of 109 rows are held out: 109. ");
    // What no worker could train on fails with those that are held out, or after them.
    for (boolean heldOut : new boolean[] {true, false}) {
      List<SoftTarget> rows =
          skewed().stream().map(row -> holds(row) == heldOut ? unlike(row) : row).toList();
      RoundsConfig some = cached(validated(0.3), cache);
      assertThatThrownBy(() -> TrainingData.of(context.parallelize(rows, 2), 3, some))
          .hasStackTraceContaining("ArrayIndexOutOfBoundsException");
    }
    assertThat(context.getPersistentRDDs()).isEmpty();
  }

  private static boolean holds(SoftTarget row) {
    return HeldOut.forValidation(0.3).holds(row);
  }

  private static SoftTarget unlike(SoftTarget row) {
    return new SoftTarget(row.id(), 0, 99, row.features(), row.logits());
  }

  @Test
  void dropoutTrainsTheSameStudentEachTimeAndAnotherThanWithout() {
    RegularisationConfig dropout = new RegularisationConfig(0.2, 0.5);
    float[] first = train(skewed(), 3, 1, CLASSIC, dropout).parameters();
    assertThat(train(skewed(), 3, 4, CLASSIC, dropout).parameters()).containsExactly(first);
    assertThat(first).isNotEqualTo(train(skewed(), 3, 1, CLASSIC).parameters());
  }

  @Test
  void inputsThatChangeTrainTheSameStudentEachTimeFromAnyCacheAndAnotherThanRowsAsTheyAre() {
    AugmentationConfig augmentation = new AugmentationConfig(1, true, 0.1, List.of(2, 2));
    float[] first = train(skewed(), 3, 1, augmented(augmentation, CLASSIC.cache())).parameters();
    for (Cache cache : Cache.values()) {
      assertThat(train(skewed(), 3, 4, augmented(augmentation, cache)).parameters())
          .as("%s", cache)
          .containsExactly(first);
    }
    assertThat(first).isNotEqualTo(train(skewed(), 3, 1, CLASSIC).parameters());
  }

  @Test
  void refusesToShiftRowsThatAreNoImages() {
    AugmentationConfig shift = new AugmentationConfig(1, false, 0, List.of(3, 2));
    assertThatThrownBy(() -> train(skewed(), 3, 1, augmented(shift, CLASSIC.cache())))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("Cannot augment rows of 4 features, they are no images of [3, 2].");
  }

  private static RoundsConfig cached(RoundsConfig rounds, Cache cache) {
    return new RoundsConfig(
        rounds.outer(),
        rounds.updaterState(),
        0,
        rounds.shuffle(),
        rounds.validation(),
        rounds.limits(),
        rounds.patience(),
        cache,
        rounds.localSteps(),
        rounds.augmentation());
  }

  private static RoundsConfig augmented(AugmentationConfig augmentation, Cache cache) {
    return new RoundsConfig(
        CLASSIC.outer(),
        CLASSIC.updaterState(),
        0,
        Shuffle.ONCE,
        CLASSIC.validation(),
        CLASSIC.limits(),
        CLASSIC.patience(),
        cache,
        CLASSIC.localSteps(),
        augmentation);
  }

  private static RoundsConfig validated(double fraction) {
    return new RoundsConfig(
        CLASSIC.outer(),
        CLASSIC.updaterState(),
        0,
        Shuffle.ONCE,
        new ValidationConfig(fraction, 2, 0),
        CLASSIC.limits(),
        CLASSIC.patience(),
        CLASSIC.cache(),
        CLASSIC.localSteps(),
        CLASSIC.augmentation());
  }

  private static RoundsConfig rounds(
      OuterConfig outer, UpdaterState updaterState, int warmUpRounds, Shuffle shuffle) {
    return rounds(outer, updaterState, warmUpRounds, shuffle, Cache.MEMORY);
  }

  private static RoundsConfig rounds(
      OuterConfig outer,
      UpdaterState updaterState,
      int warmUpRounds,
      Shuffle shuffle,
      Cache cache) {
    return new RoundsConfig(
        outer,
        updaterState,
        warmUpRounds,
        shuffle,
        CLASSIC.validation(),
        CLASSIC.limits(),
        CLASSIC.patience(),
        cache,
        CLASSIC.localSteps(),
        CLASSIC.augmentation());
  }

  private static TrainedStudent train(
      List<SoftTarget> rows, int workers, int partitions, RoundsConfig rounds) {
    return train(rows, workers, partitions, rounds, RegularisationConfig.none());
  }

  private static TrainedStudent train(
      List<SoftTarget> rows,
      int workers,
      int partitions,
      RoundsConfig rounds,
      RegularisationConfig regularisation) {
    return train(rows, workers, partitions, rounds, regularisation, CheckpointFolder.unused());
  }

  private static TrainedStudent train(
      List<SoftTarget> rows,
      int workers,
      int partitions,
      RoundsConfig rounds,
      RegularisationConfig regularisation,
      Checkpoints checkpoints) {
    TrainingConfig training =
        new TrainingConfig(
            TrainingConfig.Engine.ROUNDS,
            6,
            8,
            new PeriodConfig.Growing(1, 4, 1.5),
            OptionalInt.of(workers),
            3,
            TrainingConfig.Schedule.COSINE,
            new UpdaterConfig.Adam(0.05, 0.9, 0.999, 1e-8),
            rounds,
            CheckpointConfig.none());
    StudentNetworks networks =
        new StudentNetworks(
            new StudentConfig(
                List.of(6),
                StudentConfig.Activation.TANH,
                new StudentConfig.Cnn(List.of(), 3, 2, List.of()),
                regularisation),
            WIDTH,
            CLASSES);
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    try (TrainingData data =
        TrainingData.of(context.parallelize(rows, partitions), workers, rounds)) {
      return TrainingEngine.of(training.engine())
          .train(
              data,
              networks,
              new ObjectiveConfig(1, 0),
              training,
              checkpoints,
              (round, all, epoch, loss) -> {});
    }
  }

  /** Of three workers the first has 100 rows, the second 9 and the third none. */
  private static List<SoftTarget> skewed() {
    Random random = new Random(4);
    List<SoftTarget> rows = new ArrayList<>();
    int[] wanted = {100, 9, 0};
    for (int number = 0; rows.size() < 109; number++) {
      String id = "row-" + number;
      int worker = Math.floorMod(id.hashCode(), 3);
      if (wanted[worker] > 0) {
        wanted[worker]--;
        float[] features = new float[WIDTH];
        for (int i = 0; i < WIDTH; i++) {
          features[i] = (float) random.nextGaussian();
        }
        int label = random.nextInt(CLASSES);
        features[label] += 3;
        rows.add(new SoftTarget(id, 0, label, features, new float[CLASSES]));
      }
    }
    return rows;
  }
}
