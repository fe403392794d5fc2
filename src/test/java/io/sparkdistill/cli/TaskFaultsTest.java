package io.sparkdistill.cli;

import static io.sparkdistill.cli.Labelled.requireRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.testing.Fault;
import io.sparkdistill.testing.Fault.Effect;
import io.sparkdistill.testing.Fault.Moment;
import io.sparkdistill.testing.FaultyStore;
import io.sparkdistill.testing.Workspace;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Tasks and commits that fail: nothing is mixed, no row is there twice, and none is lost. */
@TestInstance(Lifecycle.PER_CLASS)
class TaskFaultsTest {
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
    labelled = new Labelled(undisturbed.workspace(), folder.resolve(name));
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
    String others = "[ $(ls -d " + labelled.file("shards/*/*.json") + " | wc -l) = 2 ]";
    FaultyStore store =
        store(
            Fault.shell(Moment.CREATING, "part-" + bad, "until " + others + "; do :; done"),
            Fault.always(Moment.CREATING, "part-" + bad, Effect.THROW));

    CommandRun run = labelled.label(store, 3);

    requireRefused(run, ExitCodes.TRANSIENT, "Cannot write soft targets to", "503 Slow Down");
    assertThat(store.happened(folder)).isEqualTo(1 + 3);
    assertThat(labelled.file("versions")).doesNotExist();
    assertThat(labelled.shards()).hasSize(2);
    assertThat(labelled.label().err()).isEmpty();
    assertThat(labelled.inspect().get("rowsScored").asInt()).isEqualTo(200);
    labelled.requireSameAs(undisturbed);
  }

  private FaultyStore store(Fault... faults) {
    return FaultyStore.of(FaultyStore.STORE, folder, faults);
  }
}
