package io.sparkdistill.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.config.CheckpointConfig;
import io.sparkdistill.config.ObjectiveConfig;
import io.sparkdistill.config.OuterConfig;
import io.sparkdistill.config.PeriodConfig;
import io.sparkdistill.config.RegularisationConfig;
import io.sparkdistill.config.RoundsConfig;
import io.sparkdistill.config.StudentConfig;
import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.config.UpdaterConfig;
import io.sparkdistill.layers.TrainingNetwork;
import io.sparkdistill.student.BatchStatistics;
import io.sparkdistill.student.NormLimits;
import io.sparkdistill.student.StudentNetworks;
import io.sparkdistill.training.rows.KeptRows;
import io.sparkdistill.training.rows.RowOrder;
import io.sparkdistill.training.rows.RowSource;
import io.sparkdistill.training.rows.TrainingRow;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;

/** Rounds of local steps, whatever comes after them, leave no unit with too long weights. */
class MaxNormTest {
  private static final int WIDTH = 6;
  private static final int FIRST = 5;
  private static final int SECOND = 4;
  private static final int CLASSES = 3;
  private static final int ROWS = 24;

  @Property(seed = "1", tries = 30)
  void noHiddenUnitIsLongerThanTheLimitAfterAnyRound(
      @ForAll long seed,
      @ForAll OuterConfig.Preset preset,
      @ForAll @DoubleRange(min = 0.05, max = 3) double maxNorm,
      @ForAll @DoubleRange(min = 0.01, max = 0.5) double learningRate) {
    TrainingPlan plan = new TrainingPlan(List.of(ROWS, ROWS), 3, 5, 2);
    MultiLayerConfiguration configuration = configuration(seed, maxNorm, learningRate);
    LocalTrainer trainer =
        new LocalTrainer(new NetworkPool(configuration, 0), plan, new RowOrder.Permuted(seed));
    OuterStep outer =
        new OuterStep(
            preset.step(), BatchStatistics.of(configuration), NormLimits.of(configuration));
    List<RowSource> rows = List.of(rows(seed), rows(seed + 1));
    TrainingState state =
        TrainingState.initial(NetworkState.of(TrainingNetwork.of(configuration)), List.of(), outer);
    for (TrainingPlan.Round round : plan.rounds()) {
      WorkerStart start = WorkerStart.averaged(state.network(), round);
      RoundResult first = result(trainer.run(round, 0, rows.get(0), start), plan, round);
      RoundResult second = result(trainer.run(round, 1, rows.get(1), start), plan, round);
      state = state.after(first.plus(second), outer);
      assertThat(longest(state.network().parameters())).isLessThanOrEqualTo(maxNorm + 1e-5);
    }
  }

  private static RoundResult result(LocalSteps done, TrainingPlan plan, TrainingPlan.Round round) {
    return RoundResult.of(done.weighted(plan.samples(round)));
  }

  /** The length of the longest of all hidden units' weights. */
  private static double longest(float[] parameters) {
    double longest = 0;
    for (int unit = 0; unit < FIRST; unit++) {
      longest = Math.max(longest, length(parameters, unit * WIDTH, WIDTH));
    }
    int second = (WIDTH + 1) * FIRST;
    for (int unit = 0; unit < SECOND; unit++) {
      longest = Math.max(longest, length(parameters, second + unit * FIRST, FIRST));
    }
    return longest;
  }

  private static double length(float[] values, int from, int count) {
    return Math.sqrt(
        IntStream.range(from, from + count).mapToDouble(i -> (double) values[i] * values[i]).sum());
  }

  private static MultiLayerConfiguration configuration(
      long seed, double maxNorm, double learningRate) {
    StudentConfig student =
        new StudentConfig(
            List.of(FIRST, SECOND),
            StudentConfig.Activation.TANH,
            new StudentConfig.Cnn(List.of(), 3, 2, List.of()),
            new RegularisationConfig(0.1, 0.2, OptionalDouble.of(maxNorm), 1));
    return new StudentNetworks(student, WIDTH, CLASSES)
        .training(
            ObjectiveConfig.labelsAlone(),
            new TrainingConfig(
                TrainingConfig.Engine.ROUNDS,
                3,
                5,
                new PeriodConfig.Fixed(2),
                OptionalInt.of(2),
                seed,
                TrainingConfig.Schedule.CONSTANT,
                new UpdaterConfig.Nesterovs(learningRate, 0.9),
                RoundsConfig.classic(),
                CheckpointConfig.none()),
            30);
  }

  private static RowSource rows(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return KeptRows.packed(IntStream.range(0, ROWS).mapToObj(i -> row(random)).toList());
  }

  private static TrainingRow row(SplittableRandom random) {
    float[] features = new float[WIDTH];
    for (int i = 0; i < WIDTH; i++) {
      features[i] = (float) (random.nextDouble() * 2 - 1);
    }
    float[] targets = new float[2 * CLASSES];
    targets[random.nextInt(CLASSES)] = 1;
    return new TrainingRow(features, targets);
  }
}
