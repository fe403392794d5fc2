package io.sparkdistill.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.PeriodConfig;
import io.sparkdistill.failure.InvalidConfigurationException;
import io.sparkdistill.training.rows.RowOrder;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;

/** Every row once an epoch, whatever the numbers. */
class TrainingPlanTest {
  @Property(seed = "1")
  void everyRowOfEveryWorkerIsSeenOnceAnEpoch(
      @ForAll @NotEmpty @Size(max = 6) List<@IntRange(max = 200) Integer> workerRows,
      @ForAll @IntRange(min = 1, max = 3) int epochs,
      @ForAll @IntRange(min = 1, max = 40) int batchSize,
      @ForAll @IntRange(min = 1, max = 9) int averageEvery) {
    TrainingPlan plan = new TrainingPlan(workerRows, epochs, batchSize, averageEvery);
    for (int worker = 0; worker < workerRows.size(); worker++) {
      int epoch = -1;
      int next = 0;
      for (TrainingPlan.Round round : plan.rounds()) {
        if (round.epoch() != epoch) {
          assertThat(next).isEqualTo(epoch < 0 ? 0 : workerRows.get(worker));
          epoch = round.epoch();
          next = 0;
        }
        int samples = plan.samples(round, worker);
        assertThat(samples).isBetween(0, batchSize * averageEvery);
        assertThat(plan.places(round, worker, new RowOrder.AsTheyStand()))
            .containsExactly(IntStream.range(next, next + samples).toArray());
        next += samples;
      }
      assertThat(next).isEqualTo(workerRows.get(worker));
    }
  }

  @Property(seed = "2")
  void roundsFollowOneAnotherAndCoverAllSteps(
      @ForAll @NotEmpty @Size(max = 6) List<@IntRange(max = 200) Integer> workerRows,
      @ForAll @IntRange(min = 1, max = 3) int epochs,
      @ForAll @IntRange(min = 1, max = 40) int batchSize,
      @ForAll @IntRange(min = 1, max = 9) int averageEvery) {
    TrainingPlan plan = new TrainingPlan(workerRows, epochs, batchSize, averageEvery);
    int step = 0;
    int number = 0;
    for (TrainingPlan.Round round : plan.rounds()) {
      assertThat(round.number()).isEqualTo(number);
      assertThat(round.globalStep()).isEqualTo(step);
      assertThat(round.epoch() * plan.stepsPerEpoch() + round.firstStep()).isEqualTo(step);
      assertThat(plan.samples(round)).isPositive();
      int left = plan.stepsPerEpoch() - round.firstStep();
      step += Math.min(averageEvery, left);
      number++;
    }
    assertThat(step).isEqualTo(plan.totalSteps());
  }

  @Property(seed = "3")
  void samplesOfAllRoundsAreAllRowsOfAllEpochs(
      @ForAll @NotEmpty @Size(max = 6) List<@IntRange(max = 200) Integer> workerRows,
      @ForAll @IntRange(min = 1, max = 3) int epochs,
      @ForAll @IntRange(min = 1, max = 40) int batchSize,
      @ForAll @IntRange(min = 1, max = 9) int averageEvery) {
    TrainingPlan plan = new TrainingPlan(workerRows, epochs, batchSize, averageEvery);
    long rows = workerRows.stream().mapToLong(Integer::longValue).sum();
    assertThat(plan.rounds().stream().mapToLong(plan::samples).sum()).isEqualTo(epochs * rows);
  }

  @Example
  void workersWithFewerRowsEndTheirEpochEarlier() {
    TrainingPlan plan = new TrainingPlan(List.of(100, 0, 7), 2, 10, 4);
    assertThat(plan.stepsPerEpoch()).isEqualTo(10);
    assertThat(plan.totalSteps()).isEqualTo(20);
    assertThat(plan.rounds()).hasSize(6);
    TrainingPlan.Round first = plan.rounds().get(0);
    TrainingPlan.Round second = plan.rounds().get(1);
    assertThat(plan.samples(first, 0)).isEqualTo(40);
    assertThat(plan.samples(first, 1)).isZero();
    assertThat(plan.samples(first, 2)).isEqualTo(7);
    assertThat(plan.samples(second, 2)).isZero();
    assertThat(plan.samples(first)).isEqualTo(47);
    assertThat(plan.rounds().get(3)).isEqualTo(new TrainingPlan.Round(3, 1, 0, 4, 10));
  }

  @Property(seed = "4")
  void growingRoundsCoverTheSameSteps(
      @ForAll @NotEmpty @Size(max = 6) List<@IntRange(max = 200) Integer> workerRows,
      @ForAll @IntRange(max = 5) int warmUpRounds,
      @ForAll @IntRange(min = 1, max = 9) int from) {
    TrainingPlan plan =
        new TrainingPlan(
            workerRows, 2, 3, new PeriodConfig.Growing(from, 2 * from, 1.3), warmUpRounds);
    int step = 0;
    long samples = 0;
    for (TrainingPlan.Round round : plan.rounds()) {
      assertThat(round.globalStep()).isEqualTo(step);
      assertThat(round.steps()).isBetween(1, 2 * from);
      step += round.steps();
      samples += round.isWarmUp() ? 0 : plan.samples(round);
    }
    assertThat(step).isEqualTo(plan.totalSteps());
    assertThat(samples).isEqualTo(2L * workerRows.stream().mapToInt(Integer::intValue).sum());
  }

  @Example
  void growingRoundsGrowUpToTheirMost() {
    PeriodConfig period = new PeriodConfig.Growing(5, 100, 1.5);
    assertThat(IntStream.range(0, 9).map(period::steps))
        .containsExactly(5, 7, 11, 16, 25, 37, 56, 85, 100);
    assertThat(period.steps(Integer.MAX_VALUE)).isEqualTo(100);
  }

  @Example
  void warmUpIsOfTheWorkerWithTheMostRowsAloneInPassesOfItsOwn() {
    TrainingPlan plan = new TrainingPlan(List.of(7, 25, 25), 1, 10, new PeriodConfig.Fixed(2), 3);
    assertThat(plan.rounds())
        .startsWith(
            new TrainingPlan.Round(0, -1, 0, 2, 0),
            new TrainingPlan.Round(1, -1, 2, 1, 2),
            new TrainingPlan.Round(2, -2, 0, 2, 3),
            new TrainingPlan.Round(3, 0, 0, 2, 5));
    assertThat(plan.totalSteps()).isEqualTo(8);
    TrainingPlan.Round second = plan.rounds().get(1);
    assertThat(plan.samples(second, 0)).isZero();
    assertThat(plan.samples(second, 1)).isEqualTo(5);
    assertThat(plan.samples(second, 2)).isZero();
    assertThat(plan.samples(second)).isEqualTo(5);
    assertThat(plan.samples(plan.rounds().get(3))).isEqualTo(47);
  }

  @Example
  void withoutRowsThereIsNothingToDo() {
    TrainingPlan plan = new TrainingPlan(List.of(0, 0), 3, 10, 4);
    assertThat(plan.totalSteps()).isZero();
    assertThat(plan.rounds()).isEmpty();
  }

  @Example
  void sizesThatMultiplyBeyondAnIntAreNoProblem() {
    TrainingPlan plan = new TrainingPlan(List.of(1_000), 1, 1_000_000, 1_000_000);
    TrainingPlan.Round round = plan.rounds().get(0);
    assertThat(plan.samples(round, 0)).isEqualTo(1_000);
  }

  @Example
  void moreStepsThanCanBeCountedAreRefusedNamingWhatMakesThem() {
    TrainingPlan plan = new TrainingPlan(List.of(1 << 30, 3), 100_000, 1, 1);
    assertThatThrownBy(plan::totalSteps)
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessage(
            "Cannot plan training, the worker with the most rows would take more steps than"
                + " 2147483647: 100000 epochs of 1073741824 steps, after 0 rounds of warm-up. Lower"
                + " training.epochs or training.warmUpRounds, or raise training.batchSize, which is"
                + " 1, or training.workers, which are 2.");
    assertThatThrownBy(plan::rounds)
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("100000 epochs of 1073741824 steps, after 0 rounds of warm-up.");
    TrainingPlan warming =
        new TrainingPlan(List.of(1 << 30), 1, 1, new PeriodConfig.Fixed(1 << 30), 3);
    assertThatThrownBy(warming::totalSteps)
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("1 epochs of 1073741824 steps, after 3 rounds of warm-up.");
  }

  @Example
  void roundsOfAVeryLongTrainingAreMadeWhenTheyAreAskedFor() {
    TrainingPlan plan =
        new TrainingPlan(List.of(60_000), 700_000, 20, new PeriodConfig.Growing(1, 7, 1.5), 2);
    List<TrainingPlan.Round> rounds = plan.rounds();
    assertThat(rounds).hasSizeGreaterThan(300_000_000);
    TrainingPlan.Round last = rounds.get(rounds.size() - 1);
    assertThat(last.number()).isEqualTo(rounds.size() - 1);
    assertThat(last.epoch()).isEqualTo(699_999);
    assertThat(plan.endsEpoch(last)).isTrue();
    assertThat(plan.stepsOf(rounds.size())).isEqualTo(plan.totalSteps());
    TrainingPlan.Round before = rounds.get(rounds.size() - 2);
    assertThat(before.globalStep() + before.steps()).isEqualTo(last.globalStep());
    assertThatThrownBy(() -> rounds.get(rounds.size()))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Example
  void stepsOfAllRoundsAreThoseOfTheTraining() {
    TrainingPlan plan = new TrainingPlan(List.of(10, 7), 3, 2, new PeriodConfig.Fixed(2), 1);
    assertThat(plan.stepsOf(plan.rounds().size())).isEqualTo(plan.totalSteps()).isEqualTo(17);
    assertThat(plan.stepsOf(0)).isZero();
    assertThat(plan.stepsOf(4)).isEqualTo(7);
  }

  @Example
  void rowsPlusABatchBeyondAnIntAreNoProblem() {
    TrainingPlan plan = new TrainingPlan(List.of(Integer.MAX_VALUE - 5), 1, 1_000_000, 1);
    assertThat(plan.stepsPerEpoch()).isEqualTo(2148);
  }
}
