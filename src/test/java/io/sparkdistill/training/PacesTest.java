package io.sparkdistill.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.config.RoundsConfig.LocalSteps;
import io.sparkdistill.training.rows.RowOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Steps that are shared by speed, with workers whose clock is made up. */
class PacesTest {
  private static final int ROWS = 1_000;
  private static final int BATCH = 10;
  private static final TrainingPlan PLAN = new TrainingPlan(List.of(ROWS, ROWS, 0), 6, BATCH, 20);

  /** Nanoseconds a step of each worker. */
  private static final List<Long> CLOCK = List.of(100L, 300L, 1L);

  private final List<TrainingPlan.Round> rounds = new ArrayList<>();
  private final List<Long> waited = new ArrayList<>();

  @Test
  void slowWorkerTakesFewerStepsUntilNoneWaitsForIt() {
    run(Paces.of(LocalSteps.BY_SPEED, 3));
    assertThat(steps(0)).containsExactly(20, 20, 0);
    assertThat(steps(1)).containsExactly(30, 10, 0);
    assertThat(steps(29)).containsExactly(30, 10, 0);
    assertThat(waited.get(0)).isEqualTo(20 * 300L);
    assertThat(waited.subList(1, 30)).containsOnly(30 * 100L);
  }

  @Test
  void roundsAndSamplesOfAnEpochAreThoseOfThePlan() {
    run(Paces.of(LocalSteps.BY_SPEED, 3));
    assertThat(rounds).hasSameSizeAs(PLAN.rounds());
    for (int i = 0; i < rounds.size(); i++) {
      assertThat(rounds.get(i).globalStep()).isEqualTo(PLAN.rounds().get(i).globalStep());
      assertThat(PLAN.samples(rounds.get(i))).isEqualTo(PLAN.samples(PLAN.rounds().get(i)));
    }
    assertThat(PLAN.globalStep(rounds.get(1), 0, 29)).isEqualTo(20 + 29 * 20 / 30);
    assertThat(PLAN.globalStep(rounds.get(1), 1, 9)).isEqualTo(20 + 9 * 20 / 10);
  }

  @Test
  void noPassOfAWorkerLeavesARowOutOrShowsItTwice() {
    run(Paces.of(LocalSteps.BY_SPEED, 3));
    RowOrder order = new RowOrder.Permuted(5);
    for (int worker = 0; worker < 2; worker++) {
      List<Integer> seen = new ArrayList<>();
      for (TrainingPlan.Round round : rounds) {
        IntStream.of(PLAN.places(round, worker, order)).forEach(seen::add);
      }
      assertThat(seen).hasSizeGreaterThan(2 * ROWS);
      for (int from = 0; from + ROWS <= seen.size(); from += ROWS) {
        assertThat(seen.subList(from, from + ROWS)).doesNotHaveDuplicates();
      }
      assertThat(seen.subList(0, ROWS)).isNotEqualTo(seen.subList(ROWS, 2 * ROWS));
    }
  }

  @Test
  void workerThatDoesNotComeBackGetsLess() {
    Paces known = new Paces(List.of(new Paces.Pace(0, 100), new Paces.Pace(0, 100)));
    TrainingPlan plan = new TrainingPlan(List.of(ROWS, ROWS), 1, BATCH, 30);
    TrainingPlan.Round round = known.share(plan.rounds().get(0), plan);
    Paces after = known.after(round, plan, Map.of(0, 30 * 100L));
    assertThat(after.workers()).containsExactly(new Paces.Pace(300, 100), new Paces.Pace(300, 200));
    assertThat(after.share(plan.rounds().get(1), plan).shares())
        .containsExactly(new TrainingPlan.Share(300, 40), new TrainingPlan.Share(300, 20));
  }

  @Test
  void workerThatIsManyTimesSlowerStillTakesAStep() {
    Paces known = new Paces(List.of(new Paces.Pace(0, 1), new Paces.Pace(0, 1e9)));
    TrainingPlan plan = new TrainingPlan(List.of(ROWS, ROWS), 1, BATCH, 1);
    assertThat(known.share(plan.rounds().get(0), plan).shares())
        .containsExactly(new TrainingPlan.Share(0, 1), new TrainingPlan.Share(0, 1));
  }

  @Test
  void warmUpAndEqualStepsAreNotShared() {
    TrainingPlan.Round warmUp = new TrainingPlan.Round(0, -1, 0, 5, 0);
    Paces paces = Paces.of(LocalSteps.BY_SPEED, 3);
    assertThat(paces.share(warmUp, PLAN)).isEqualTo(warmUp);
    assertThat(paces.after(warmUp, PLAN, Map.of(0, 9L))).isEqualTo(paces);
    TrainingPlan.Round round = PLAN.rounds().get(0);
    assertThat(Paces.of(LocalSteps.EQUAL, 3).share(round, PLAN)).isEqualTo(round);
  }

  @Test
  void resumedTrainingKeepsWhatWasMeasured() {
    TrainingState end = run(Paces.of(LocalSteps.BY_SPEED, 3));
    assertThat(end.paces().workers().get(1).nanosPerStep()).isEqualTo(300);
    assertThat(TrainingState.of(end.saved()).paces()).isEqualTo(end.paces());
    TrainingState equal = TrainingState.initial(network(), List.of(), OuterStep.mean());
    assertThat(end.saved().differenceFrom(equal.saved())).isPresent();
  }

  private List<Integer> steps(int round) {
    return rounds.get(round).shares().stream().map(TrainingPlan.Share::steps).toList();
  }

  private TrainingState run(Paces paces) {
    return new RoundLoop(
            PLAN,
            (round, from) -> {
              rounds.add(round);
              Map<Integer, Long> nanos = new TreeMap<>();
              for (int worker = 0; worker < CLOCK.size(); worker++) {
                if (PLAN.samples(round, worker) > 0) {
                  nanos.put(worker, CLOCK.get(worker) * round.shares().get(worker).steps());
                }
              }
              waited.add(nanos.values().stream().mapToLong(Long::longValue).max().orElseThrow());
              return new RoundResult(new Contribution(network(), 1, 1), Map.of(), nanos);
            },
            new Rules(OuterStep.mean(), Validation.none(), 10),
            CheckpointFolder.unused().of(PLAN),
            (round, all, epoch, loss) -> {},
            () -> 0)
        .run(TrainingState.initial(network(), List.of(), OuterStep.mean()).with(paces));
  }

  private static NetworkState network() {
    return new NetworkState(new float[] {1}, new float[0]);
  }
}
