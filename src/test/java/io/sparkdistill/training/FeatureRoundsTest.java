package io.sparkdistill.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.CheckpointConfig;
import io.sparkdistill.config.ObjectiveConfig;
import io.sparkdistill.config.OuterConfig;
import io.sparkdistill.config.PeriodConfig;
import io.sparkdistill.config.RoundsConfig;
import io.sparkdistill.config.RoundsConfig.UpdaterState;
import io.sparkdistill.config.StudentConfig;
import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.config.UpdaterConfig;
import io.sparkdistill.layers.TrainingNetwork;
import io.sparkdistill.math.FloatArrays;
import io.sparkdistill.objective.AttentionMaps;
import io.sparkdistill.objective.Feature;
import io.sparkdistill.objective.Features;
import io.sparkdistill.objective.Hints;
import io.sparkdistill.objective.LayerShape;
import io.sparkdistill.objective.Relations;
import io.sparkdistill.softtargets.SoftTarget;
import io.sparkdistill.student.NormLimits;
import io.sparkdistill.student.StudentNetworks;
import io.sparkdistill.training.rows.KeptRows;
import io.sparkdistill.training.rows.RowOrder;
import io.sparkdistill.training.rows.RowSource;
import io.sparkdistill.training.rows.Rows;
import io.sparkdistill.training.rows.TrainingRow;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rounds of several workers whose hidden layers are compared, without Spark. */
class FeatureRoundsTest {
  private static final int WIDTH = 5;
  private static final int CLASSES = 3;
  private static final List<Integer> ROWS = List.of(33, 20);
  private static final TrainingPlan PLAN = new TrainingPlan(ROWS, 3, 8, 2);
  private static final Features FEATURES =
      new Features(
          List.of(
              new Feature("hint1", 0, 0, 0.5, new Hints(LayerShape.flat(7), LayerShape.flat(4))),
              new Feature(
                  "attention2", 1, 1, 2, new AttentionMaps(LayerShape.flat(6), LayerShape.flat(6))),
              new Feature("relational3", 1, 0, 1, new Relations(6, 4, 1, 2))));

  @TempDir private Path folder;
  private final List<Integer> begun = new ArrayList<>();

  @ParameterizedTest
  @EnumSource(UpdaterState.class)
  void resumedTrainingEndsWhereAnUndisturbedOneDoesBitForBit(UpdaterState updaters) {
    TrainingState whole = run(updaters, CheckpointFolder.unused(), packed(), 100);
    CheckpointFolder kept = CheckpointFolder.in(folder.resolve("checkpoints"));
    assertThatThrownBy(() -> run(updaters, kept.every(1, 2), packed(), 4)).hasMessage("killed");
    begun.clear();

    TrainingState resumed = run(updaters, kept.every(1, 2), packed(), 100);

    assertThat(begun)
        .containsExactlyElementsOf(IntStream.range(4, PLAN.rounds().size()).boxed().toList());

    assertThat(resumed.network().parameters()).containsExactly(whole.network().parameters());
    assertThat(resumed.network().updater()).containsExactly(whole.network().updater());
    assertThat(resumed.momentum()).containsExactly(whole.momentum());
    assertThat(resumed.loss()).isEqualTo(whole.loss());
    assertThat(resumed.log().text())
        .isEqualTo(whole.log().text())
        .startsWith(
            RoundLine.NAMES
                + ",hint1Loss,hint1Gradient,attention2Loss,attention2Gradient,relational3Loss"
                + ",relational3Gradient\n1,1,");
  }

  @Test
  void rowsOfAFileTrainAsThoseInMemory() {
    TrainingState memory = run(UpdaterState.AVERAGE, CheckpointFolder.unused(), packed(), 100);
    List<RowSource> files = new ArrayList<>();
    List<RowSource> streams = new ArrayList<>();
    for (int worker = 0; worker < ROWS.size(); worker++) {
      files.add(KeptRows.filed(place("file" + worker), rows(worker)));
    }
    try {
      assertThat(
              run(UpdaterState.AVERAGE, CheckpointFolder.unused(), files, 100)
                  .network()
                  .parameters())
          .containsExactly(memory.network().parameters());
    } finally {
      files.forEach(KeptRows::close);
    }
    for (int worker = 0; worker < ROWS.size(); worker++) {
      streams.add(KeptRows.streamed(place("stream" + worker), rows(worker)));
    }
    assertThat(streams.get(0).read(new int[] {3, 1}, FeatureRoundsTest::tensorsOfOne))
        .containsExactly(packed().get(0).read(new int[] {1}, FeatureRoundsTest::tensorsOfOne));
    assertThat(packed().get(1).all().next().tensors()).containsExactly(rows(1).get(0).tensors());
  }

  @Test
  void hiddenLayersBecomeMoreLikeWhatTheyAreComparedWith() {
    TrainingPlan longer = new TrainingPlan(ROWS, 60, 8, 2);
    List<List<Double>> losses = new ArrayList<>();
    RoundLoop.Workers workers = workers(longer, UpdaterState.AVERAGE, packed());
    loop(
            longer,
            (round, from) -> {
              RoundResult result = workers.run(round, from);
              losses.add(result.terms().features().stream().map(term -> term.loss()).toList());
              assertThat(result.terms().rows()).isEqualTo(result.sum().samples());
              return result;
            },
            CheckpointFolder.unused())
        .run(initial(UpdaterState.AVERAGE));
    int tenth = losses.size() / 10;
    for (int feature = 0; feature < 3; feature++) {
      assertThat(mean(losses.subList(losses.size() - tenth, losses.size()), feature))
          .as("comparison %s", feature)
          .isLessThan(mean(losses.subList(0, tenth), feature));
    }
  }

  @Test
  void studentHasNoneOfTheRegressors() {
    float[] all = TrainingNetwork.of(configuration(), 0, FEATURES).parameters();
    int own = TrainingNetwork.of(configuration()).parameters().length;
    assertThat(FEATURES.parameters()).isEqualTo(8 * 4);
    assertThat(all).hasSize(own + 8 * 4);
    assertThat(FloatArrays.first(all, own)).hasSize(own);
    assertThat(FloatArrays.first(all, all.length)).isSameAs(all);
    Validation.Judge lengths = parameters -> new HeldOutScore(parameters.length, 1);
    assertThat(lengths.ofFirst(own).score(all).loss()).isEqualTo(own);
  }

  /** Of rounds that have batches of all sizes, on which relations depend. */
  private static double mean(List<List<Double>> rounds, int feature) {
    return rounds.stream().mapToDouble(losses -> losses.get(feature)).average().orElseThrow();
  }

  private static float[] tensorsOfOne(Rows rows) {
    float[] tensors = new float[rows.tensors()];
    rows.copyTensors(1, 0, tensors);
    return tensors;
  }

  private File place(String name) {
    return folder.resolve(name).toFile();
  }

  private static List<RowSource> packed() {
    return IntStream.range(0, ROWS.size())
        .<RowSource>mapToObj(worker -> KeptRows.packed(rows(worker)))
        .toList();
  }

  private TrainingState run(
      UpdaterState updaters, Checkpoints checkpoints, List<RowSource> rows, int until) {
    RoundLoop.Workers workers = workers(PLAN, updaters, rows);
    return loop(
            PLAN,
            (round, from) -> {
              if (round.number() == until) {
                throw new IllegalStateException("killed");
              }
              begun.add(round.number());
              return workers.run(round, from);
            },
            checkpoints)
        .run(initial(updaters));
  }

  /** Each round on networks that no round before has used. */
  private static RoundLoop.Workers workers(
      TrainingPlan plan, UpdaterState kind, List<RowSource> rows) {
    UpdaterStates states = states(kind);
    return (round, from) -> {
      LocalTrainer trainer =
          new LocalTrainer(
              new NetworkPool(configuration(), 0.5, FEATURES), plan, new RowOrder.Permuted(3));
      return IntStream.range(0, rows.size())
          .filter(worker -> plan.samples(round, worker) > 0)
          .mapToObj(
              worker -> {
                WorkerStart start =
                    from.updaters().isEmpty()
                        ? states.start(from.network(), round)
                        : states.start(from.network(), from.updaters().get(worker));
                LocalSteps done = trainer.run(round, worker, rows.get(worker), start);
                return states.result(worker, start, done, plan.samples(round)).with(done.terms());
              })
          .reduce(RoundResult::plus)
          .orElseThrow();
    };
  }

  private static RoundLoop loop(
      TrainingPlan plan, RoundLoop.Workers workers, Checkpoints checkpoints) {
    return new RoundLoop(
        plan,
        workers,
        new Rules(outer(), Validation.none(), 0),
        checkpoints.of(plan),
        (round, rounds, epoch, loss) -> {},
        System::nanoTime);
  }

  private static OuterStep outer() {
    return new OuterStep(
        OuterConfig.Preset.SLOWMO.step(), new BitSet(), NormLimits.of(configuration()));
  }

  private static UpdaterStates states(UpdaterState kind) {
    return new UpdaterStates(kind, first().updater().length);
  }

  private static NetworkState first() {
    return NetworkState.of(TrainingNetwork.of(configuration(), 0.5, FEATURES));
  }

  private static TrainingState initial(UpdaterState kind) {
    return TrainingState.initial(
        states(kind).shared(first()), states(kind).own(ROWS.size()), outer());
  }

  private static MultiLayerConfiguration configuration() {
    return new StudentNetworks(
            new StudentConfig(List.of(7, 6), StudentConfig.Activation.TANH), WIDTH, CLASSES)
        .training(
            new ObjectiveConfig(3, 0.7),
            new TrainingConfig(
                TrainingConfig.Engine.ROUNDS,
                PLAN.epochs(),
                PLAN.batchSize(),
                new PeriodConfig.Fixed(2),
                OptionalInt.of(ROWS.size()),
                3,
                TrainingConfig.Schedule.COSINE,
                new UpdaterConfig.Adam(0.01, 0.9, 0.999, 1e-8),
                RoundsConfig.classic(),
                CheckpointConfig.none()),
            PLAN.totalSteps());
  }

  private static List<TrainingRow> rows(int worker) {
    Random random = new Random(worker);
    List<TrainingRow> rows = new ArrayList<>();
    for (int i = 0; i < ROWS.get(worker); i++) {
      float[] features = numbers(random, WIDTH);
      float[][] tensors = {
        {features[0] + features[1], features[2], features[0] * features[3], features[4]},
        numbers(random, 6)
      };
      rows.add(
          TrainingRow.of(
              new SoftTarget(
                  "row-" + i,
                  0,
                  random.nextInt(CLASSES),
                  features,
                  numbers(random, CLASSES),
                  1,
                  tensors),
              FEATURES));
    }
    return rows;
  }

  private static float[] numbers(Random random, int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }
}
