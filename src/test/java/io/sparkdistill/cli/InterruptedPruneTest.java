package io.sparkdistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkdistill.failure.TransientException;
import io.sparkdistill.softtargets.CachePruning;
import io.sparkdistill.storage.FlakyFileSystem;
import io.sparkdistill.storage.StageDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prune is stopped after each of its changes, and readers never see anything half there. */
class InterruptedPruneTest {
  @TempDir private Path folder;

  @Test
  void stoppedAnywhereAllThatIsLeftIsWholeAndTheNextPruneEndsWhereAnUndisturbedOneDoes()
      throws IOException {
    PrunableOutput made = PrunableOutput.create(folder.resolve("made"));
    PrunableOutput undisturbed = made.copy(folder.resolve("undisturbed"));
    undisturbed.done("prune", "--keep", "2");

    int changes = 0;
    PrunableOutput next = made.copy(folder.resolve("0"));
    while (isStopped(next, changes)) {
      everythingIsWhole(next);
      next.done("prune", "--keep", "2");
      assertThat(next.names()).isEqualTo(undisturbed.names());
      changes++;
      next = made.copy(folder.resolve("" + changes));
    }

    assertThat(changes).isGreaterThan(15);
    assertThat(undisturbed.run("verify").err()).isEmpty();
  }

  /** Prunes in a store that allows so many changes, as when the process was killed after them. */
  private static boolean isStopped(PrunableOutput output, int changes) {
    Configuration conf = FlakyFileSystem.stoppingAfter(changes);
    StageDirectory stage =
        new StageDirectory(
            FlakyFileSystem.place(FlakyFileSystem.Fault.STOPS, output.output()),
            "soft-targets",
            Set.of(),
            conf);
    try {
      new CachePruning(stage, conf).run(2);
      return false;
    } catch (TransientException e) {
      assertThat(e)
          .hasMessageStartingWith("Cannot prune ")
          .hasMessageContaining("the file system failed: Cannot change ")
          .hasMessageEndingWith("What is left is whole; prune again, it goes on.");
      return true;
    }
  }

  private static void everythingIsWhole(PrunableOutput output) throws IOException {
    Set<String> versions = output.names("versions");
    assertThat(versions).contains("4.json", "5.json");
    Set<String> files = output.names("files");
    for (String version : versions) {
      everyListedFileIsThere(output.cache().resolve("versions").resolve(version), files);
    }
    for (String shard : output.names("shards")) {
      everyListedFileIsThere(output.cache().resolve("shards").resolve(shard), files);
    }
  }

  private static void everyListedFileIsThere(Path json, Set<String> files) throws IOException {
    for (JsonNode file : new ObjectMapper().readTree(Files.readString(json)).get("files")) {
      assertThat(files).contains(file.get("path").asText().substring("files/".length()));
    }
  }
}
