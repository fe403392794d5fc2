package io.sparkdistill.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.CheckpointConfig;
import io.sparkdistill.config.PeriodConfig;
import io.sparkdistill.failure.TransientException;
import io.sparkdistill.testing.Fault;
import io.sparkdistill.testing.Fault.Effect;
import io.sparkdistill.testing.Fault.Moment;
import io.sparkdistill.testing.FaultyStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a checkpoint says of its training, and which one is gone on from. */
class KeptPlaceTest {
  private static final TrainingPlan PLAN = new TrainingPlan(List.of(40, 37, 0), 3, 4, 3);

  @TempDir private Path folder;
  private CheckpointFolder checkpoints;

  @BeforeEach
  void name() {
    checkpoints = CheckpointFolder.in(folder.resolve("checkpoints"));
  }

  @Test
  void newestOneThatCannotBeReadIsSkippedForAnOlderOne() {
    keep(1, 2);
    Checkpoint newest = unreadable("versions/2\\.json").newest().orElseThrow();
    assertThat(newest.number()).isEqualTo(1);
    assertThat(newest.rounds()).isEqualTo(1);
  }

  @Test
  void whereNoneIsWholeAndOneCannotBeReadNothingBeginsAnew() throws IOException {
    keep(1, 2);
    assertThatThrownBy(() -> unreadable("versions/").newest())
        .isInstanceOf(TransientException.class)
        .hasMessageContaining(folder + "/checkpoints/student");
    Files.writeString(folder.resolve("checkpoints/student/versions/2.json"), "torn");
    assertThatThrownBy(() -> unreadable("versions/1\\.json").newest())
        .isInstanceOf(TransientException.class)
        .hasMessageContaining(folder + "/checkpoints/student");
    Files.writeString(folder.resolve("checkpoints/student/versions/1.json"), "torn");
    assertThat(checkpoints.store().newest()).isEmpty();
  }

  @Test
  void checkpointsTellOfTheRoundsThatWereMeasured() {
    TrainingPlan auto = new TrainingPlan(List.of(1_000), 3, 2, new PeriodConfig.Auto(), 0);
    assertThat(auto.rounds()).hasSize(300);
    // Of the 500 steps of an epoch 40 are in rounds of 5, and the others in rounds of 100.
    TrainingState measured = after(13).with(Probes.known(100));

    checkpoints.every(1, 1).of(auto).reached(measured);

    assertThat(checkpoints.snapshots().read(1).orElseThrow().manifest().facts())
        .containsEntry("rounds", "13")
        .containsEntry("ofRounds", "23")
        .containsEntry("epoch", "2");
    Checkpoints asked =
        new Checkpoints(
            checkpoints.store(),
            CheckpointFolder.INPUTS,
            Optional.empty(),
            CheckpointConfig.none(),
            () -> true);
    assertThatThrownBy(() -> asked.of(auto).reached(measured))
        .isInstanceOf(TransientException.class)
        .hasMessageContaining(" asked to stop: after round 13 of 23, the last good checkpoint");
  }

  @Test
  void stateThatIsGoneOnFromIsHandedOverAndNotKeptTwice() {
    keep(4);
    Checkpoints resumed = checkpoints.every(1, 1);
    Checkpoint from = resumed.from().orElseThrow();
    assertThat(resumed.of(PLAN).resumed(PureWorkers.initial()).rounds()).isEqualTo(4);
    assertThat(from.rounds()).isEqualTo(4);
    assertThat(from.workers()).isEqualTo(3);
    assertThatThrownBy(from::taken).isInstanceOf(NoSuchElementException.class);
  }

  private void keep(int... rounds) {
    Place place = checkpoints.every(1, rounds.length).of(PLAN);
    for (int round : rounds) {
      place.reached(after(round));
    }
  }

  private static TrainingState after(int rounds) {
    TrainingState state = PureWorkers.initial();
    for (int round = 0; round < rounds; round++) {
      state =
          state.after(new PureWorkers().run(PLAN.rounds().get(round % 3), state), OuterStep.mean());
    }
    return state;
  }

  private CheckpointStore unreadable(String path) {
    FaultyStore store =
        FaultyStore.of(
            FaultyStore.STORE,
            folder,
            Fault.always(Moment.OPENING, "checkpoints/student/" + path, Effect.THROW));
    return new CheckpointFolder(
            new org.apache.hadoop.fs.Path(store.uri(folder.resolve("checkpoints"))),
            store.configuration())
        .store();
  }
}
