package io.sparkdistill.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.config.RoundsConfig.UpdaterState;
import io.sparkdistill.objective.Terms;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What workers begin a round with, and what becomes of it. */
class UpdaterStatesTest {
  private static final TrainingPlan.Round ROUND = new TrainingPlan.Round(5, 1, 2, 3, 40);
  private static final NetworkState SHARED = new NetworkState(new float[] {1}, new float[] {2, 3});

  @Test
  void averagedStateIsSharedAndHasSeenAllSteps() {
    UpdaterStates states = new UpdaterStates(UpdaterState.AVERAGE, 2);
    WorkerStart start = states.start(SHARED, ROUND);
    assertThat(start).isEqualTo(new WorkerStart(SHARED, 40));
    RoundResult result = states.result(1, start, done(), 60);
    assertThat(result.sum().state().updater()).containsExactly(2.5f, 3);
    assertThat(result.updaters()).isEmpty();
    assertThat(states.own(3)).isEmpty();
  }

  @Test
  void resetStateIsEmptyAndHasSeenNothingAndDoesNotTravel() {
    UpdaterStates states = new UpdaterStates(UpdaterState.RESET, 2);
    NetworkState shared = states.shared(SHARED);
    assertThat(shared.updater()).isEmpty();
    WorkerStart start = states.start(shared, ROUND);
    assertThat(start.network().parameters()).containsExactly(1);
    assertThat(start.network().updater()).containsExactly(0, 0);
    assertThat(start.updates()).isZero();
    RoundResult result = states.result(1, start, done(), 60);
    assertThat(result.sum().state().parameters()).containsExactly(2);
    assertThat(result.sum().state().updater()).isEmpty();
    assertThat(result.updaters()).isEmpty();
  }

  @Test
  void localStateComesBackToItsWorkerWithTheUpdatesThatItHasSeen() {
    UpdaterStates states = new UpdaterStates(UpdaterState.LOCAL, 2);
    List<WorkerUpdater> own = states.own(3);
    WorkerStart start = states.start(states.shared(SHARED), own.get(1));
    assertThat(start.network().updater()).containsExactly(0, 0);
    RoundResult result =
        states.result(1, start, done(), 60).plus(RoundResult.of(done().weighted(60)));
    assertThat(result.updaters()).containsOnlyKeys(1);

    List<WorkerUpdater> after = result.updatersAfter(own);

    assertThat(after.get(0)).isSameAs(own.get(0));
    assertThat(after.get(1).state()).containsExactly(5, 6);
    assertThat(after.get(1).updates()).isEqualTo(3);
    assertThat(RoundResult.of(result.sum()).updatersAfter(after)).isEqualTo(after);
  }

  private static LocalSteps done() {
    return new LocalSteps(
        new NetworkState(new float[] {4}, new float[] {5, 6}), 3, 30, 7, Terms.none());
  }
}
