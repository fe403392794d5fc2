package io.sparkdistill.cli;

import static io.sparkdistill.cli.Labelled.requireRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.storage.OutputLock;
import io.sparkdistill.testing.Fault;
import io.sparkdistill.testing.Fault.Effect;
import io.sparkdistill.testing.Fault.Moment;
import io.sparkdistill.testing.FaultyStore;
import io.sparkdistill.testing.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Stores that fail under a labelling: nothing is mixed, no row is there twice, and none is lost.
 */
@TestInstance(Lifecycle.PER_CLASS)
class LabellingFaultsTest {
  private static final int SHARD_ROWS = 200;

  private Path folder;
  private Labelled undisturbed;
  private Labelled labelled;

  @BeforeAll
  void labelWithoutFaults(@TempDir Path folder) {
    this.folder = folder;
    undisturbed = Labelled.in(Workspace.create(folder));
    assertThat(undisturbed.label().err()).isEmpty();
    assertThat(undisturbed.shards()).hasSize(3);
  }

  @BeforeEach
  void freshOutput(TestInfo test) {
    String name = test.getTestMethod().orElseThrow().getName();
    labelled = undisturbed.to(folder.resolve(name));
  }

  @Test
  void taskThatFailsOnceIsTriedAgainAndLeavesNothing() {
    FaultyStore store = store(Fault.once(Moment.CREATED, "part-", Effect.THROW));

    CommandRun run = labelled.label(store, 2);

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(store.happened(folder)).isEqualTo(1);
    assertThat(labelled.parts()).hasSize(3);
    labelled.requireSameAs(undisturbed);
  }

  @Test
  void taskThatAlwaysFailsPublishesNothingAndTheNextRunLabelsWhatIsMissing() {
    String bad = undisturbed.shards().get(0).getFileName().toString().replace(".json", "");
    String others = "$(ls -d " + labelled.file("shards/*/*.json") + " | wc -l) = 2";
    FaultyStore store =
        store(
            Fault.await(Moment.CREATING, "part-" + bad, others),
            Fault.always(Moment.CREATING, "part-" + bad, Effect.THROW));

    CommandRun run = labelled.label(store, 3);

    requireRefused(run, ExitCodes.TRANSIENT, "Cannot write soft targets to", "503 Slow Down");
    assertThat(store.happened(folder)).isEqualTo(1 + 3);
    assertThat(labelled.file("versions")).doesNotExist();
    assertThat(labelled.shards()).hasSize(2);
    assertThat(labelled.label().err()).isEmpty();
    assertThat(labelled.inspect().get("rowsScored").asInt()).isEqualTo(SHARD_ROWS);
    labelled.requireSameAs(undisturbed);
  }

  @Test
  void storeThatIsBusyWhenTheDataSetIsOpenedIsNotTakenForBadData() {
    FaultyStore store = store(Fault.always(Moment.OPENING, "data/train/", Effect.THROW));
    String train = store.uri(folder.resolve("data/train"));

    CommandRun run = labelled.with("dataset.train.path=\"" + train + "\"").label(store, 1);

    requireRefused(run, ExitCodes.TRANSIENT, "a file system does not serve now", "503 Slow Down");
    assertThat(store.happened(folder)).isPositive();
    assertThat(labelled.file("versions")).doesNotExist();
  }

  @Test
  void shardWhoseCommitFailsOnceIsCommittedByTheNextAttempt() {
    FaultyStore store = store(Fault.once(Moment.CREATING, "shards/.*json", Effect.THROW));

    assertThat(labelled.label(store, 2).err()).isEmpty();

    assertThat(store.happened(folder)).isEqualTo(1);
    // Nobody could know whether the first attempt's file was listed.
    assertThat(labelled.parts()).hasSize(3 + 1);
    labelled.requireSameAs(undisturbed);
  }

  @Test
  void shardWhoseCommitFailsWithoutAnotherAttemptIsSaidToBeUnknown() {
    FaultyStore store = store(Fault.once(Moment.CREATING, "shards/.*json", Effect.THROW));

    CommandRun run = labelled.label(store, 1);

    requireRefused(run, ExitCodes.TRANSIENT, "Cannot tell whether", "Nothing was deleted");
    assertThat(labelled.file("versions")).doesNotExist();
    assertThat(labelled.label().err()).isEmpty();
    labelled.requireSameAs(undisturbed);
  }

  @Test
  void shardWhoseCommitLosesItsAnswerIsFoundToBeThere() {
    FaultyStore store = store(Fault.once(Moment.CREATED, "shards/.*json", Effect.THROW));

    assertThat(labelled.label(store, 1).err()).isEmpty();

    assertThat(store.happened(folder)).isEqualTo(1);
    assertThat(labelled.parts()).hasSize(3);
    labelled.requireSameAs(undisturbed);
  }

  @Test
  void shardWhoseStoreFallsSilentIsNotLabelledAgain() {
    FaultyStore store = store(Fault.once(Moment.CREATED, "shards/.*json", Effect.SILENCE));

    requireRefused(labelled.label(store, 1), ExitCodes.TRANSIENT, "error: Cannot ");

    assertThat(labelled.shards()).isNotEmpty();
    int committed = labelled.shards().size();
    assertThat(labelled.label().err()).isEmpty();
    assertThat(labelled.inspect().get("rowsScored").asInt())
        .isEqualTo((3 - committed) * SHARD_ROWS);
    labelled.requireSameAs(undisturbed);
  }

  @Test
  void versionWhoseStoreFallsSilentIsFoundByTheNextRun() {
    FaultyStore store =
        store(Fault.once(Moment.CREATED, "soft-targets/versions/1", Effect.SILENCE));

    requireRefused(labelled.label(store, 1), ExitCodes.TRANSIENT, "versions/1.json was published");

    assertThat(labelled.file("manifest.json")).doesNotExist();
    assertThat(labelled.label().err()).isEmpty();
    assertThat(labelled.file("manifest.json"))
        .hasSameBinaryContentAs(labelled.file("versions/1.json"));
    assertThat(labelled.file("versions/2.json")).doesNotExist();
    labelled.requireSameAs(undisturbed);
  }

  @Test
  void fullDiskUnderPartsPublishesNothingAndWithRoomEverythingIsLabelled() {
    FaultyStore store = store(Fault.always(Moment.CREATING, "part-", Effect.FULL));

    CommandRun run = labelled.label(store, 2);

    requireRefused(
        run, ExitCodes.TRANSIENT, "No space left on device. Nothing was published; make room");
    assertThat(labelled.shards()).isEmpty();
    assertThat(labelled.parts()).isEmpty();
    assertThat(labelled.file("versions")).doesNotExist();
    assertThat(labelled.label().err()).isEmpty();
    labelled.requireSameAs(undisturbed);
  }

  @Test
  void fullDiskUnderTheIndexPublishesNothingAndWithRoomNothingIsLabelledAgain() {
    FaultyStore store = store(Fault.always(Moment.CREATING, "shards\\.json", Effect.FULL));

    requireRefused(
        labelled.label(store, 2),
        ExitCodes.TRANSIENT,
        "Cannot write",
        "shards.json: No space left on device. Try again.");

    assertThat(labelled.shards()).hasSize(3);
    assertThat(labelled.file("versions")).doesNotExist();
    assertThat(labelled.label().err()).isEmpty();
    assertThat(labelled.inspect().get("rowsScored").asInt()).isZero();
    labelled.requireSameAs(undisturbed);
  }

  @Test
  void clockADayAheadOfTheStoresChangesNothing() {
    FaultyStore store = store().withClock(Duration.ofDays(-1));
    labelled =
        labelled.with("dataset.train.path=\"" + store.uri(folder.resolve("data/train")) + "\"");

    assertThat(labelled.label(store, 1).err()).isEmpty();
    Map<String, String> published = Workspace.contents(labelled.output());
    assertThat(labelled.label(store, 1).err()).isEmpty();

    assertThat(Workspace.contents(labelled.output())).isEqualTo(published);
    assertThat(labelled.inspect().get("contentSha256"))
        .isEqualTo(undisturbed.inspect().get("contentSha256"));
    org.apache.hadoop.fs.Path place = new org.apache.hadoop.fs.Path(store.uri(labelled.output()));
    OutputLock lock = OutputLock.acquire(place, "run of other.conf", store.configuration());
    requireRefused(
        labelled.label(store, 1), ExitCodes.CONFLICT, "another run does: run of other.conf");
    lock.close();
  }

  private FaultyStore store(Fault... faults) {
    return FaultyStore.of(FaultyStore.STORE, folder, faults);
  }
}
