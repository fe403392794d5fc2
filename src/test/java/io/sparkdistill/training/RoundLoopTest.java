package io.sparkdistill.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.OuterConfig;
import io.sparkdistill.config.PeriodConfig;
import io.sparkdistill.failure.DivergenceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the driver does between rounds, with workers whose clock and numbers are made up. */
class RoundLoopTest {
  private static final long STEP_NANOS = 100;
  private static final long AVERAGING_NANOS = 1_000;

  @TempDir private Path folder;
  private final List<TrainingPlan.Round> rounds = new ArrayList<>();
  private long clock;

  @Test
  void measuredPeriodMakesAveragingATenthOfTheTime() {
    TrainingPlan plan = plan(new PeriodConfig.Auto(), 0);
    TrainingState end = loop(plan).run(initial());
    assertThat(end.period()).isEqualTo(90);
    assertThat(rounds.subList(0, 8)).allMatch(round -> round.steps() == 5);
    assertThat(rounds.subList(8, 11)).extracting(TrainingPlan.Round::steps).containsOnly(90);
    assertThat(rounds.stream().mapToInt(TrainingPlan.Round::steps).sum()).isEqualTo(1_000);
    assertThat(end.rounds()).isEqualTo(rounds.size());
  }

  @Test
  void resumedTrainingKeepsThePeriodThatWasMeasured() {
    TrainingPlan plan = plan(new PeriodConfig.Auto(), 0);
    TrainingState atTen = initial();
    loop(plan).run(initial());
    List<TrainingPlan.Round> whole = List.copyOf(rounds);
    rounds.clear();
    atTen =
        new TrainingState(
            10,
            atTen.network(),
            atTen.updaters(),
            atTen.momentum(),
            Probes.known(90),
            atTen.best(),
            atTen.losses(),
            Paces.none(),
            atTen.loss(),
            atTen.log());
    loop(plan).run(atTen);
    assertThat(rounds).isEqualTo(whole.subList(10, whole.size()));
  }

  @Test
  void trainingThatIsInterruptedWhileItMeasuresFindsThePeriodOfAnUndisturbedOne() {
    TrainingPlan plan = plan(new PeriodConfig.Auto(), 0);
    CheckpointFolder checkpoints = CheckpointFolder.in(folder);
    // The last one that measures is slow, and the median of all knows better.
    RoundLoop.Workers workers =
        (round, from) -> {
          rounds.add(round);
          clock += STEP_NANOS * round.steps() + AVERAGING_NANOS * (round.number() == 7 ? 50 : 1);
          return result(1, round);
        };
    RoundLoop.Workers killed =
        (round, from) -> {
          if (round.number() == 7) {
            throw new IllegalStateException("killed");
          }
          return workers.run(round, from);
        };
    int undisturbed = loop(plan, workers, CheckpointFolder.unused()).run(initial()).period();
    List<TrainingPlan.Round> whole = List.copyOf(rounds);
    rounds.clear();

    assertThatThrownBy(() -> loop(plan, killed, checkpoints.every(1, 1)).run(initial()))
        .hasMessage("killed");
    TrainingState end = loop(plan, workers, checkpoints.every(1, 1)).run(initial());

    assertThat(undisturbed).isEqualTo(90);
    assertThat(end.period()).isEqualTo(undisturbed);
    assertThat(rounds).isEqualTo(whole);
  }

  @Test
  void warmUpHasNoMomentum() {
    OuterStep outer = new OuterStep(OuterConfig.Preset.SLOWMO.step(), new BitSet());
    TrainingPlan plan = plan(new PeriodConfig.Fixed(500), 2);
    List<Float> starts = new ArrayList<>();
    RoundLoop.Workers halving =
        (round, from) -> {
          starts.add(from.network().parameters()[0]);
          return result(from.network().parameters()[0] / 2, round);
        };
    TrainingState end =
        new RoundLoop(
                plan,
                halving,
                new Rules(outer, Validation.none(), 10),
                CheckpointFolder.unused().of(plan),
                (round, all, epoch, loss) -> {},
                () -> clock)
            .run(TrainingState.initial(network(1), List.of(), outer));
    // To 1/2 and 1/4 without, to 1/8 with momentum 1/8, then by 1/16 and half of that momentum.
    assertThat(starts).containsExactly(1f, 0.5f, 0.25f, 0.125f);
    assertThat(end.network().parameters()[0]).isEqualTo(0.125f - 0.0625f - 0.0625f);
  }

  @Test
  void lossThatExplodesStopsTrainingAndLossThatOnlyRisesDoesNot() {
    assertThat(losses(2, 0.1, 1.9, 0.5).rounds()).isEqualTo(4);
    assertThat(losses(2, 1, 9.9).rounds()).isEqualTo(3);
    assertThatThrownBy(() -> losses(2, 1, 10.5, 1))
        .isInstanceOf(DivergenceException.class)
        .hasMessage(
            "Cannot go on training, the loss is more than 10.0 times the lowest, 1.0, after round 3"
                + " of 4: 10.5. Nothing was published; lower training.updater's learningRate, or"
                + " raise training.explodedLoss.");
    assertThatThrownBy(() -> losses(2, Double.NaN))
        .isInstanceOf(DivergenceException.class)
        .hasMessageContaining("no longer finite after round 2 of 2: loss NaN");
  }

  @Test
  void lossOfTheFewRowsThatAreLeftOfAnEpochIsNotCompared() {
    TrainingPlan plan = new TrainingPlan(List.of(9), 3, 2, 4);
    assertThat(plan.rounds()).hasSize(6);

    TrainingState end = losses(plan, 2, 1e-4, 1, 50, 1.5, 3);

    assertThat(end.losses()).isEqualTo(new Losses(2, 1));
    assertThatThrownBy(() -> losses(plan, 2, 1e-4, 1, 50, 10.5, 3))
        .hasMessageContaining("times the lowest, 1.0, after round 5 of 6: 10.5");
  }

  private TrainingState losses(double... losses) {
    return losses(new TrainingPlan(List.of(losses.length), 1, 1, 1), losses);
  }

  private TrainingState losses(TrainingPlan plan, double... losses) {
    return new RoundLoop(
            plan,
            (round, from) ->
                RoundResult.of(new Contribution(network(1), 1, losses[round.number()])),
            new Rules(OuterStep.mean(), Validation.none(), 10),
            CheckpointFolder.unused().of(plan),
            (round, all, epoch, loss) -> {},
            () -> clock)
        .run(initial());
  }

  private RoundLoop loop(TrainingPlan plan) {
    return loop(
        plan,
        (round, from) -> {
          rounds.add(round);
          clock += STEP_NANOS * round.steps() + AVERAGING_NANOS;
          return result(1, round);
        },
        CheckpointFolder.unused());
  }

  private RoundLoop loop(TrainingPlan plan, RoundLoop.Workers workers, Checkpoints checkpoints) {
    return new RoundLoop(
        plan,
        workers,
        new Rules(OuterStep.mean(), Validation.none(), 10),
        checkpoints.of(plan),
        (round, all, epoch, loss) -> {},
        () -> clock);
  }

  private static RoundResult result(float parameter, TrainingPlan.Round round) {
    return new RoundResult(
        new Contribution(network(parameter), 1, 1),
        Map.of(),
        Map.of(0, STEP_NANOS * round.steps()));
  }

  private static TrainingPlan plan(PeriodConfig period, int warmUpRounds) {
    return new TrainingPlan(List.of(1_000), 1, 1, period, warmUpRounds);
  }

  private static TrainingState initial() {
    return TrainingState.initial(network(1), List.of(), OuterStep.mean());
  }

  private static NetworkState network(float parameter) {
    return new NetworkState(new float[] {parameter}, new float[0]);
  }
}
