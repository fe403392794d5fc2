package io.sparkdistill.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkdistill.config.AugmentationConfig;
import io.sparkdistill.config.CheckpointConfig;
import io.sparkdistill.config.ObjectiveConfig;
import io.sparkdistill.config.PeriodConfig;
import io.sparkdistill.config.RoundsConfig;
import io.sparkdistill.config.StudentConfig;
import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.config.UpdaterConfig;
import io.sparkdistill.layers.TrainingNetwork;
import io.sparkdistill.objective.Objective;
import io.sparkdistill.objective.ObjectiveLoss;
import io.sparkdistill.softtargets.SoftTarget;
import io.sparkdistill.student.StudentNetworks;
import io.sparkdistill.training.rows.KeptRows;
import io.sparkdistill.training.rows.RowOrder;
import io.sparkdistill.training.rows.Rows;
import io.sparkdistill.training.rows.TeacherChoice;
import io.sparkdistill.training.rows.TrainingRow;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** Local steps are Deeplearning4j's, and rounds cut them without a trace. */
class LocalTrainerTest {
  private static final int WIDTH = 5;
  private static final int CLASSES = 3;
  private static final int ROWS = 43;
  private static final int BATCH = 8;
  private static final int EPOCHS = 3;
  private static final long SEED = 12;
  private static final RowOrder ORDER = new RowOrder.Permuted(SEED);
  private final Rows rows = KeptRows.packed(rows().stream().map(TrainingRow::of).toList());

  static Stream<UpdaterConfig> updaters() {
    return Stream.of(
        new UpdaterConfig.Adam(0.01, 0.9, 0.999, 1e-8),
        new UpdaterConfig.Nesterovs(0.05, 0.9),
        new UpdaterConfig.Sgd(0.1));
  }

  @ParameterizedTest
  @MethodSource("updaters")
  void roundsOfOneWorkerAreOneFitWhateverTheirLength(UpdaterConfig updater) {
    int stepsPerEpoch = (ROWS + BATCH - 1) / BATCH;
    MultiLayerConfiguration configuration = configuration(updater, EPOCHS * stepsPerEpoch);
    float[] expected = plainFit(configuration);
    List<float[]> all = new ArrayList<>();
    for (int averageEvery : new int[] {1, 2, 5, stepsPerEpoch, 100}) {
      TrainingPlan plan = new TrainingPlan(List.of(ROWS), EPOCHS, BATCH, averageEvery);
      LocalTrainer trainer = new LocalTrainer(new NetworkPool(configuration, 0), plan, ORDER);
      NetworkState state = initial(configuration);
      for (TrainingPlan.Round round : plan.rounds()) {
        state = trainer.run(round, 0, rows, WorkerStart.averaged(state, round)).end();
      }
      assertThat(state.parameters())
          .as("every %s", averageEvery)
          .usingComparatorWithPrecision(1e-5f)
          .containsExactly(expected);
      all.add(state.parameters());
      assertThat(state.parameters()).as("every %s", averageEvery).containsExactly(all.get(0));
    }
  }

  @ParameterizedTest
  @MethodSource("updaters")
  void sameRoundTwiceIsTheSameBitForBitAndLeavesItsStartAlone(UpdaterConfig updater) {
    MultiLayerConfiguration configuration = configuration(updater, 18);
    TrainingPlan plan = new TrainingPlan(List.of(ROWS), EPOCHS, BATCH, 4);
    LocalTrainer trainer = new LocalTrainer(new NetworkPool(configuration, 0), plan, ORDER);
    NetworkState start = trainer.run(plan.rounds().get(0), 0, rows, first(configuration)).end();
    NetworkState copy = new NetworkState(start.parameters().clone(), start.updater().clone());

    TrainingPlan.Round round = plan.rounds().get(1);
    LocalSteps first = trainer.run(round, 0, rows, WorkerStart.averaged(start, round));
    LocalSteps second = trainer.run(round, 0, rows, WorkerStart.averaged(start, round));

    assertThat(second.end().parameters()).containsExactly(first.end().parameters());
    assertThat(second.end().updater()).containsExactly(first.end().updater());
    assertThat(second.lossSum()).isEqualTo(first.lossSum());
    assertThat(second.terms()).isEqualTo(first.terms());
    assertThat(first.terms().rows()).isEqualTo(first.samples());
    assertThat(first.terms().soft() + first.terms().hard())
        .isCloseTo(first.lossSum(), within(1e-9));
    assertThat(start.parameters()).containsExactly(copy.parameters());
    assertThat(start.updater()).containsExactly(copy.updater());
  }

  @Test
  void workersSeeTheirRowsInDifferentOrders() {
    MultiLayerConfiguration configuration = configuration(new UpdaterConfig.Sgd(0.1), 6);
    TrainingPlan plan = new TrainingPlan(List.of(ROWS, ROWS), 1, BATCH, 100);
    LocalTrainer trainer = new LocalTrainer(new NetworkPool(configuration, 0), plan, ORDER);
    TrainingPlan.Round round = plan.rounds().get(0);
    LocalSteps first = trainer.run(round, 0, rows, first(configuration));
    LocalSteps second = trainer.run(round, 1, rows, first(configuration));
    assertThat(first.samples()).isEqualTo(ROWS);
    assertThat(second.end().parameters()).isNotEqualTo(first.end().parameters());
  }

  @Test
  void lossFalls() {
    MultiLayerConfiguration configuration = configuration(new UpdaterConfig.Sgd(0.1), 60);
    TrainingPlan plan = new TrainingPlan(List.of(ROWS), 10, BATCH, 100);
    LocalTrainer trainer = new LocalTrainer(new NetworkPool(configuration, 0), plan, ORDER);
    NetworkState state = initial(configuration);
    List<Double> losses = new ArrayList<>();
    for (TrainingPlan.Round round : plan.rounds()) {
      LocalSteps done = trainer.run(round, 0, rows, WorkerStart.averaged(state, round));
      state = done.end();
      losses.add(done.lossSum() / done.samples());
    }
    assertThat(losses.get(9)).isLessThan(0.7 * losses.get(0));
  }

  @Test
  void initialStateFollowsFromTheSeed() {
    MultiLayerConfiguration configuration = configuration(new UpdaterConfig.Sgd(0.1), 6);
    NetworkState state = initial(configuration);
    assertThat(state.isFinite()).isTrue();
    assertThat(state.updater()).isEmpty();
    assertThat(initial(configuration).parameters()).containsExactly(state.parameters());
  }

  /** Adam's first step is as long as the learning rate, wherever the schedule stands. */
  @Test
  void updaterThatHasSeenNothingCorrectsItsBiasAnewWhileTheScheduleGoesOn() {
    int steps = 100;
    double rate = 0.01;
    UpdaterConfig adam = new UpdaterConfig.Adam(rate, 0.9, 0.999, 1e-12);
    MultiLayerConfiguration configuration = configuration(adam, steps);
    TrainingPlan plan = new TrainingPlan(List.of(ROWS), 20, BATCH, 1);
    LocalTrainer trainer = new LocalTrainer(new NetworkPool(configuration, 0), plan, ORDER);
    NetworkState start = initial(configuration);
    TrainingPlan.Round round = plan.rounds().get(50);

    LocalSteps done = trainer.run(round, 0, rows, new WorkerStart(start, 0));

    double scheduled = rate * (1 + Math.cos(Math.PI * 50 / steps)) / 2;
    for (int i = 0; i < start.parameters().length; i++) {
      assertThat((double) Math.abs(done.end().parameters()[i] - start.parameters()[i]))
          .isCloseTo(scheduled, within(0.02 * scheduled));
    }
  }

  @Test
  void clippedStepIsAsLongAsTheLimit() {
    MultiLayerConfiguration configuration = configuration(new UpdaterConfig.Sgd(1), 1_000_000);
    TrainingPlan plan = new TrainingPlan(List.of(ROWS), 1, BATCH, 1);
    LocalTrainer trainer = new LocalTrainer(new NetworkPool(configuration, 0.01), plan, ORDER);
    WorkerStart start = first(configuration);
    LocalSteps done = trainer.run(plan.rounds().get(0), 0, rows, start);
    double squares = 0;
    for (int i = 0; i < done.end().parameters().length; i++) {
      squares += Math.pow(done.end().parameters()[i] - start.network().parameters()[i], 2);
    }
    assertThat(Math.sqrt(squares)).isCloseTo(0.01, within(1e-5));
  }

  @Test
  void trainingWithDropoutThatIsResumedElsewhereIsTheSameBitForBit() throws Exception {
    TrainingPlan plan = new TrainingPlan(List.of(ROWS, ROWS), EPOCHS, BATCH, 2);
    List<NetworkState> states = new ArrayList<>();
    states.add(initial(dropout(SEED)));
    LocalTrainer trainer = new LocalTrainer(new NetworkPool(dropout(SEED), 0), plan, ORDER);
    for (TrainingPlan.Round round : plan.rounds()) {
      // The other worker's steps are taken by the same thread and network.
      NetworkState from = states.get(round.number());
      trainer.run(round, 1, rows, WorkerStart.averaged(from, round));
      states.add(trainer.run(round, 0, rows, WorkerStart.averaged(from, round)).end());
    }
    int resumed = 3;
    AtomicReference<NetworkState> state = new AtomicReference<>(states.get(resumed));
    Thread elsewhere =
        new Thread(
            () -> {
              LocalTrainer other = new LocalTrainer(new NetworkPool(dropout(SEED), 0), plan, ORDER);
              plan.rounds().stream()
                  .skip(resumed)
                  .forEach(
                      round ->
                          state.set(
                              other
                                  .run(round, 0, rows, WorkerStart.averaged(state.get(), round))
                                  .end()));
            });
    elsewhere.start();
    elsewhere.join();
    assertThat(state.get().parameters())
        .containsExactly(states.get(states.size() - 1).parameters());
  }

  @Test
  void workerThatTheRoundWentOnWithoutStopsBeforeItsNextStep() {
    MultiLayerConfiguration configuration = configuration(new UpdaterConfig.Sgd(0.1), 6);
    TrainingPlan plan = new TrainingPlan(List.of(ROWS), 1, BATCH, 100);
    TrainingPlan.Round round = plan.rounds().get(0);
    WorkerStart start = first(configuration);
    LocalTrainer trainer = new LocalTrainer(new NetworkPool(configuration, 0), plan, ORDER);
    float[] expected = trainer.run(round, 0, rows, start).end().parameters();
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> trainer.run(round, 0, rows, start))
          .isInstanceOf(CancellationException.class)
          .hasMessage("The round went on without this worker");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(trainer.run(round, 0, rows, start).end().parameters()).containsExactly(expected);
  }

  @Test
  void seedRoundAndWorkerDecideWhatIsDropped() {
    TrainingPlan plan = new TrainingPlan(List.of(ROWS, ROWS), 1, BATCH, 1);
    TrainingPlan.Round round = plan.rounds().get(0);
    NetworkState start = initial(dropout(SEED));
    LocalTrainer trainer =
        new LocalTrainer(new NetworkPool(dropout(SEED), 0), plan, new RowOrder.AsTheyStand());
    LocalTrainer seeded =
        new LocalTrainer(new NetworkPool(dropout(SEED + 1), 0), plan, new RowOrder.AsTheyStand());
    WorkerStart from = new WorkerStart(start, 0);
    TrainingPlan.Round again =
        new TrainingPlan.Round(1, round.epoch(), round.firstStep(), 1, round.globalStep());
    assertThat(
            Stream.of(
                    trainer.run(round, 0, rows, from),
                    trainer.run(round, 1, rows, from),
                    trainer.run(again, 0, rows, from),
                    seeded.run(round, 0, rows, from))
                .map(LocalSteps::lossSum))
        .doesNotHaveDuplicates();
  }

  @Test
  void inputsThatChangeAreTheSameInATrainingThatIsResumedElsewhere() {
    InputChanges changes = new InputChanges(new AugmentationConfig(0, false, 0.3, List.of()), SEED);
    MultiLayerConfiguration configuration = configuration(new UpdaterConfig.Sgd(0.1), 18);
    TrainingPlan plan = new TrainingPlan(List.of(ROWS), EPOCHS, BATCH, 2);
    LocalTrainer whole =
        new LocalTrainer(
            new NetworkPool(configuration, 0), plan, ORDER, changes, TeacherChoice.none());
    TrainingPlan.Round last = plan.rounds().get(plan.rounds().size() - 1);
    NetworkState state = initial(configuration);
    NetworkState before = state;
    for (TrainingPlan.Round round : plan.rounds()) {
      before = state;
      state = whole.run(round, 0, rows, WorkerStart.averaged(state, round)).end();
    }
    LocalTrainer resumed =
        new LocalTrainer(
            new NetworkPool(configuration, 0), plan, ORDER, changes, TeacherChoice.none());
    LocalTrainer plain = new LocalTrainer(new NetworkPool(configuration, 0), plan, ORDER);
    WorkerStart start = WorkerStart.averaged(before, last);
    assertThat(resumed.run(last, 0, rows, start).end().parameters())
        .containsExactly(state.parameters());
    assertThat(plain.run(last, 0, rows, start).end().parameters()).isNotEqualTo(state.parameters());
  }

  private static MultiLayerConfiguration dropout(long seed) {
    return new NeuralNetConfiguration.Builder()
        .seed(seed)
        .updater(new Adam(0.01))
        .list()
        .layer(new DenseLayer.Builder().nOut(9).activation(Activation.RELU).dropOut(0.8).build())
        // One that has no fast counterpart.
        .layer(new DenseLayer.Builder().nOut(7).activation(Activation.GELU).dropOut(0.6).build())
        .layer(
            new OutputLayer.Builder(
                    new ObjectiveLoss(Objective.of(new ObjectiveConfig(3, 0.7), 1, 1)))
                .nOut(CLASSES)
                .activation(Activation.IDENTITY)
                .build())
        .setInputType(InputType.feedForward(WIDTH))
        .build();
  }

  private static NetworkState initial(MultiLayerConfiguration configuration) {
    return NetworkState.of(TrainingNetwork.of(configuration));
  }

  private static WorkerStart first(MultiLayerConfiguration configuration) {
    return new WorkerStart(initial(configuration), 0);
  }

  private float[] plainFit(MultiLayerConfiguration configuration) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration.clone());
    network.init();
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      int[] order = new RowOrder.Permuted(SEED).of(ROWS, epoch, 0);
      for (int from = 0; from < ROWS; from += BATCH) {
        int count = Math.min(BATCH, ROWS - from);
        float[] features = new float[count * WIDTH];
        float[] targets = new float[count * 2 * CLASSES];
        for (int i = 0; i < count; i++) {
          rows.copy(order[from + i], i, FloatBuffer.wrap(features), targets);
        }
        network.fit(
            Nd4j.create(features, new long[] {count, WIDTH}, 'c'),
            Nd4j.create(targets, new long[] {count, 2 * CLASSES}, 'c'));
      }
    }
    return network.params().dup('c').data().asFloat();
  }

  private static MultiLayerConfiguration configuration(UpdaterConfig updater, int steps) {
    return new StudentNetworks(
            new StudentConfig(List.of(7), StudentConfig.Activation.TANH), WIDTH, CLASSES)
        .training(
            new ObjectiveConfig(3, 0.7),
            new TrainingConfig(
                TrainingConfig.Engine.ROUNDS,
                EPOCHS,
                BATCH,
                new PeriodConfig.Fixed(1),
                OptionalInt.of(1),
                SEED,
                TrainingConfig.Schedule.COSINE,
                updater,
                RoundsConfig.classic(),
                CheckpointConfig.none()),
            steps);
  }

  private static List<SoftTarget> rows() {
    Random random = new Random(6);
    List<SoftTarget> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      float[] features = new float[WIDTH];
      float[] logits = new float[CLASSES];
      for (int j = 0; j < WIDTH; j++) {
        features[j] = (float) random.nextGaussian();
      }
      int label = random.nextInt(CLASSES);
      features[label] += 2;
      for (int j = 0; j < CLASSES; j++) {
        logits[j] = 2 * features[j];
      }
      rows.add(new SoftTarget("row-" + i, 0, label, features, logits));
    }
    return rows;
  }
}
