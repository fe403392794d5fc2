package io.sparkdistill.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.config.CheckpointConfig;
import io.sparkdistill.config.CheckpointConfig.OtherConfiguration;
import io.sparkdistill.failure.ConflictException;
import io.sparkdistill.failure.DivergenceException;
import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.failure.TransientException;
import io.sparkdistill.storage.FlakyFileSystem;
import io.sparkdistill.testing.Fault;
import io.sparkdistill.testing.Fault.Effect;
import io.sparkdistill.testing.Fault.Moment;
import io.sparkdistill.testing.FaultyStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A training that is interrupted anywhere and begun again ends where an undisturbed one does. */
class CheckpointedRoundsTest {
  private static final TrainingPlan PLAN = new TrainingPlan(List.of(40, 37, 0), 3, 4, 3);
  private static final int ROUNDS = 12;

  @TempDir private Path folder;
  private CheckpointFolder checkpoints;
  private TrainingState undisturbed;

  @BeforeEach
  void trainUndisturbed() {
    checkpoints = CheckpointFolder.in(folder.resolve("checkpoints"));
    undisturbed = run(CheckpointFolder.unused(), new PureWorkers());
    assertThat(undisturbed.rounds()).isEqualTo(ROUNDS);
  }

  @Test
  void interruptedAfterAnyRoundGoesOnFromTheNewestCheckpointBitForBit() {
    for (int round = 0; round < ROUNDS; round++) {
      CheckpointFolder own = CheckpointFolder.in(folder.resolve("after-" + round));
      interrupt(own.every(2, 2), round);

      PureWorkers workers = new PureWorkers();
      TrainingState end = run(own.every(2, 2), workers);

      requireSame(end);
      assertThat(workers.rounds()).startsWith(round / 2 * 2).hasSize(ROUNDS - round / 2 * 2);
    }
  }

  @Test
  void keepsTheNewestOnesAndNothingElse() throws IOException {
    interrupt(checkpoints.every(1, 3), 7);
    assertThat(checkpoints.numbers()).containsExactly(5, 6, 7);
    Path orphan = folder.resolve("checkpoints/student/files/orphan");
    Files.createDirectories(orphan);
    Files.writeString(orphan.resolve("parameters.f32"), "torn");

    interrupt(checkpoints.every(1, 1), 8);

    assertThat(checkpoints.numbers()).containsExactly(8);
    try (Stream<Path> attempts = Files.list(folder.resolve("checkpoints/student/files"))) {
      assertThat(attempts).hasSize(1);
    }
  }

  @Test
  void clearedFolderLeavesNoTrace() {
    interrupt(checkpoints.every(1, 3), 7);
    checkpoints.store().clear();
    assertThat(folder.resolve("checkpoints")).doesNotExist();
    checkpoints.store().clear();
  }

  /** What may be wrong with the newest checkpoint. */
  enum Damage {
    NO_MANIFEST_CONTENT,
    NO_PARAMETERS,
    CUT_PARAMETERS,
    FLIPPED_BIT,
    OTHER_STATE
  }

  @ParameterizedTest
  @EnumSource
  void damagedNewestOneIsSkippedAndTheOneBeforeIsGoneOnFrom(Damage damage) throws IOException {
    interrupt(checkpoints.every(3, 2), 7);
    assertThat(checkpoints.numbers()).containsExactly(1, 2);
    damage(damage);

    PureWorkers workers = new PureWorkers();
    Checkpoints resumed = checkpoints.every(3, 2);
    assertThat(resumed.from().orElseThrow().number()).isEqualTo(1);
    requireSame(run(resumed, workers));

    assertThat(workers.rounds()).startsWith(3);
    // The damaged one went when there was a newer whole one.
    assertThat(checkpoints.numbers()).containsExactly(3, 4);
  }

  private void damage(Damage damage) throws IOException {
    Path student = folder.resolve("checkpoints/student");
    Path manifest = student.resolve("versions/2.json");
    String listed = Files.readString(manifest);
    String attempt = listed.replaceAll("(?s).*\"(files/[^/]*)/parameters.f32.*", "$1");
    Path parameters = student.resolve(attempt).resolve("parameters.f32");
    byte[] content = Files.readAllBytes(parameters);
    switch (damage) {
      case NO_MANIFEST_CONTENT -> Files.writeString(manifest, listed.substring(0, 100));
      case NO_PARAMETERS -> Files.delete(parameters);
      case CUT_PARAMETERS -> Files.write(parameters, java.util.Arrays.copyOf(content, 8));
      case FLIPPED_BIT -> {
        content[5] ^= 1;
        Files.write(parameters, content);
      }
      case OTHER_STATE ->
          Files.writeString(student.resolve(attempt).resolve("state.json"), "{\"a\": 1}");
    }
  }

  @Test
  void killedAtEachChangeOfTheStoreGoesOnFromAWholeCheckpointBitForBit() {
    int changes = 0;
    while (isKilledAfter(changes)) {
      CheckpointFolder left = CheckpointFolder.in(folder.resolve("killed-" + changes));
      PureWorkers workers = new PureWorkers();
      Checkpoints resumed = left.every(4, 1);
      int rounds = resumed.from().orElseThrow().rounds();
      assertThat(rounds).isIn(3, 6);
      requireSame(run(resumed, workers));
      assertThat(workers.rounds()).startsWith(rounds);
      assertThat(left.numbers()).hasSize(1);
      changes++;
    }
    assertThat(changes).isGreaterThan(7);
  }

  /** Makes the second checkpoint in a store that allows so many changes. */
  private boolean isKilledAfter(int changes) {
    Path place = folder.resolve("killed-" + changes);
    interrupt(CheckpointFolder.in(place).every(3, 1), 4);
    CheckpointFolder stopping =
        new CheckpointFolder(
            FlakyFileSystem.place(FlakyFileSystem.Fault.STOPS, place),
            FlakyFileSystem.stoppingAfter(changes));
    Checkpoints second = stopping(stopping, 3);
    assertThat(second.from()).isPresent();
    try {
      run(second, new PureWorkers());
      throw new AssertionError("It was asked to stop");
    } catch (TransientException e) {
      return e.getMessage().contains(": Cannot change ");
    }
  }

  @Test
  void storeThatFailsOnceDoesNotEndTrainingAndTheNextOneIsKept() {
    FaultyStore store =
        FaultyStore.of(
            FaultyStore.STORE,
            folder,
            Fault.once(Moment.CREATING, "student/versions/1", Effect.THROW));
    CheckpointFolder faulty =
        new CheckpointFolder(
            new org.apache.hadoop.fs.Path(store.uri(folder.resolve("checkpoints"))),
            store.configuration());

    requireSame(run(faulty.every(5, 2), new PureWorkers()));

    assertThat(store.happened(folder)).isEqualTo(1);
    assertThat(checkpoints.numbers()).containsExactly(1);
    assertThat(checkpoints.store().newest().orElseThrow().rounds()).isEqualTo(10);
  }

  @Test
  void otherRunThatKeepsItsPlaceThereEndsTraining() {
    Path versions = folder.resolve("checkpoints/student/versions");
    FaultyStore store =
        FaultyStore.of(
            FaultyStore.STORE,
            folder,
            Fault.shell(
                Moment.CREATING, "student/versions/1", "echo other >" + versions + "/1.json"));
    CheckpointFolder shared =
        new CheckpointFolder(
            new org.apache.hadoop.fs.Path(store.uri(folder.resolve("checkpoints"))),
            store.configuration());

    assertThatThrownBy(() -> run(shared.every(5, 2), new PureWorkers()))
        .isInstanceOf(ConflictException.class)
        .hasMessageStartingWith("Cannot publish version 1 of ")
        .hasMessageContaining("checkpoints/student, another run has published it");
  }

  @Test
  void askedToStopKeepsItsPlaceAfterTheRoundAndSaysSo() {
    assertThatThrownBy(() -> run(stopping(checkpoints, 5), new PureWorkers()))
        .isInstanceOf(TransientException.class)
        .hasMessage(
            "Cannot go on training, the process was asked to stop: after round 5 of 12, the last"
                + " good checkpoint is kept, number 1 after round 5 in "
                + folder
                + "/checkpoints/student. Run the same command again, it goes on from there.");

    PureWorkers workers = new PureWorkers();
    requireSame(run(checkpoints.every(100, 1), workers));
    assertThat(workers.rounds()).startsWith(5);
  }

  @Test
  void stateThatIsNotFiniteIsNeverKeptAndTheLastGoodOneIsNamed() {
    RoundLoop.Workers diverging =
        (round, start) -> {
          RoundResult good = new PureWorkers().run(round, start);
          if (round.number() == 4) {
            good.sum().state().updater()[1] = Float.POSITIVE_INFINITY;
          }
          return round.number() < 5
              ? good
              : RoundResult.of(
                  new Contribution(
                      new NetworkState(new float[] {1, 2, Float.NaN}, new float[2]), 7, 1));
        };
    Place place = checkpoints.every(1, 5).of(PLAN);
    RoundLoop loop =
        new RoundLoop(
            PLAN,
            diverging,
            PureWorkers.rules(),
            place,
            (round, rounds, epoch, loss) -> {},
            System::nanoTime);

    assertThatThrownBy(() -> loop.run(PureWorkers.initial()))
        .isInstanceOf(DivergenceException.class)
        .hasMessage(
            "Cannot go on training, the student is no longer finite after round 6 of 12: loss "
                + 1.0 / 7
                + ". Nothing was published, the last good checkpoint is kept, number 4 after round 4"
                + " in "
                + folder
                + "/checkpoints/student; lower training.updater's learningRate.");

    assertThat(checkpoints.numbers()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void checkpointOfOtherWorkersOrAnotherNetworkIsRefusedNamingWhatDiffers() {
    interrupt(checkpoints.every(1, 1), 2);
    TrainingPlan other = new TrainingPlan(List.of(40, 36, 1), 3, 4, 3);
    assertThatThrownBy(() -> checkpoints.every(1, 1).of(other).resumed(PureWorkers.initial()))
        .isInstanceOf(IntegrityException.class)
        .hasMessage(
            "Cannot go on training from checkpoint 2 in "
                + folder
                + "/checkpoints/student, it is not of this training: its workers had [40, 37, 0]"
                + " rows and have [40, 36, 1]. Remove that folder to begin anew.");
    TrainingState wider = PureWorkers.initial(new NetworkState(new float[4], new float[2]));
    assertThatThrownBy(() -> checkpoints.every(1, 1).of(PLAN).resumed(wider))
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining(" numbers instead of 4. Remove that folder");
  }

  @Test
  void checkpointOfABuildThatKnewMoreOrLessIsRefusedNamingTheValues() {
    keepWithout("period");
    assertThatThrownBy(() -> checkpoints.every(1, 1).of(PLAN).resumed(PureWorkers.initial()))
        .isInstanceOf(IntegrityException.class)
        .hasMessageStartingWith(
            "Cannot go on training from checkpoint 1 in "
                + folder
                + "/checkpoints/student, it is not of this training: it has the values [bestLoss,")
        .hasMessageContaining("lowestLoss, probes, rounds, ")
        .hasMessageContaining("lowestLoss, period, probes, rounds, ")
        .hasMessageEndingWith("]. Remove that folder to begin anew.");
    keepWithout("rounds");
    assertThat(checkpoints.store().newest().orElseThrow().number()).isEqualTo(1);
  }

  @Test
  void checkpointOfABuildThatKeptNoMeasurementsIsGoneOnFrom() {
    interrupt(checkpoints.every(3, 1), 7);
    keep(without(checkpoints.store().newest().orElseThrow().taken(), "probes"));

    PureWorkers workers = new PureWorkers();
    requireSame(run(checkpoints.every(100, 1), workers));

    assertThat(workers.rounds()).startsWith(6);
  }

  private void keepWithout(String value) {
    keep(without(undisturbed.saved(), value));
  }

  private void keep(SavedState state) {
    checkpoints.store().save(CheckpointFolder.INPUTS, Map.of(), PLAN.workerRows(), state);
  }

  private static SavedState without(SavedState state, String value) {
    Map<String, String> values = new TreeMap<>(state.values());
    assertThat(values.remove(value)).isNotNull();
    return SavedState.of(state.arrays(), values, state.log());
  }

  @Test
  void checkpointOfABuildThatWroteNothingAboutRoundsIsGoneOnFrom() {
    Map<String, byte[]> files = CheckpointFiles.write(undisturbed.saved(), PLAN.workerRows());
    assertThat(files.remove("rounds.csv")).isNotNull();
    SavedState read = CheckpointFiles.state(CheckpointFiles.description(files, "it"), files, "it");
    assertThat(read.values()).isEqualTo(undisturbed.saved().values());
    assertThat(read.differenceFrom(PureWorkers.initial().saved())).isEmpty();
    assertThat(TrainingState.of(read).log().text()).hasLineCount(1);
  }

  @Test
  void timeBetweenTwoCheckpointsCountsToo() {
    AtomicInteger minutes = new AtomicInteger();
    CheckpointTimer timer =
        new CheckpointTimer(
            new CheckpointConfig(10, 2.5, 1, OtherConfiguration.REFUSE),
            () -> minutes.get() * 60_000_000_000L);
    assertThat(timer.isDue(9)).isFalse();
    assertThat(timer.isDue(10)).isTrue();
    minutes.set(2);
    assertThat(timer.isDue(1)).isFalse();
    minutes.set(3);
    assertThat(timer.isDue(1)).isTrue();
    timer.reset(1);
    assertThat(timer.isDue(10)).isFalse();
  }

  /** Is asked to stop in its n-th round. */
  private static Checkpoints stopping(CheckpointFolder folder, int round) {
    AtomicInteger asked = new AtomicInteger();
    return new Checkpoints(
        folder.store(),
        CheckpointFolder.INPUTS,
        folder.store().newest(),
        CheckpointConfig.none(),
        () -> asked.incrementAndGet() == round);
  }

  private static TrainingState run(Checkpoints checkpoints, RoundLoop.Workers workers) {
    return new RoundLoop(
            PLAN,
            workers,
            PureWorkers.rules(),
            checkpoints.of(PLAN),
            (round, rounds, epoch, loss) -> {},
            System::nanoTime)
        .run(PureWorkers.initial());
  }

  /** Ends as a killed process does: with what was kept, and nothing else. */
  private static void interrupt(Checkpoints checkpoints, int afterRounds) {
    RoundLoop.Workers workers = new PureWorkers();
    assertThatThrownBy(
            () ->
                run(
                    checkpoints,
                    (round, start) -> {
                      if (round.number() == afterRounds) {
                        throw new IllegalStateException("killed");
                      }
                      return workers.run(round, start);
                    }))
        .hasMessage("killed");
  }

  private void requireSame(TrainingState end) {
    assertThat(end.rounds()).isEqualTo(ROUNDS);
    assertThat(end.loss()).isEqualTo(undisturbed.loss());
    assertThat(end.saved().values()).isEqualTo(undisturbed.saved().values());
    assertThat(end.saved().log()).isEqualTo(undisturbed.saved().log()).hasLineCount(1 + ROUNDS);
    Map<String, float[]> arrays = end.saved().arrays();
    undisturbed
        .saved()
        .arrays()
        .forEach(
            (name, array) -> {
              assertThat(arrays.get(name)).as(name).containsExactly(array);
            });
  }
}
