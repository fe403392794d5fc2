package io.sparkdistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkdistill.storage.OutputLock;
import io.sparkdistill.storage.StageDirectory;
import io.sparkdistill.storage.VersionHold;
import io.sparkdistill.testing.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Old versions go, and nothing that anybody needs goes with them. */
class PruneTest {
  @TempDir private static Path shared;
  private static PrunableOutput made;

  @TempDir private Path folder;
  private PrunableOutput output;

  @BeforeAll
  static void label() throws IOException {
    made = PrunableOutput.create(shared);
  }

  @BeforeEach
  void copy() throws IOException {
    output = made.copy(folder);
  }

  @Test
  void removesAllButTheNewestVersionsAndVerifyStillPasses() throws IOException {
    CommandRun prune = output.done("prune", "--keep", "2");

    assertThat(output.names("versions")).containsExactly("4.json", "5.json");
    assertThat(output.names("pruned")).isEmpty();
    assertThat(output.names("files")).isEqualTo(needed());
    assertThat(output.names("shards")).hasSize(5);
    assertThat(prune.out())
        .containsPattern(
            "soft-targets: removed versions 1, 2, 3: 5 files, [0-9,]+ bytes, 2 shards\n")
        .contains("soft-targets: kept versions 4, 5: one of the newest 2\n")
        .contains("test-targets: nothing to remove\n")
        .contains("test-targets: kept version 1: one of the newest 2\n");
    assertThat(output.run("verify").err()).isEmpty();
  }

  @Test
  void keepsAsManyAsConfiguredAndThreeByDefault() throws IOException {
    output.done("prune", "--set", "softTargets.keepVersions=4");
    assertThat(output.names("versions")).containsExactly("2.json", "3.json", "4.json", "5.json");
    output.done("prune");
    assertThat(output.names("versions")).containsExactly("3.json", "4.json", "5.json");
    output.done("prune", "--keep", "2", "--set", "softTargets.keepVersions=1");
    assertThat(output.names("versions")).containsExactly("4.json", "5.json");
  }

  @Test
  void neverRemovesTheNewestVersion() throws IOException {
    output.done("prune", "--keep", "1");
    CommandRun again = output.done("prune", "--keep", "1");
    assertThat(output.names("versions")).containsExactly("5.json");
    assertThat(again.out())
        .contains("soft-targets: nothing to remove\nsoft-targets: kept version 5: newest\n");

    CommandRun none = output.run("prune", "--keep", "0");
    assertThat(none.code()).isEqualTo(ExitCodes.CONFIGURATION);
    assertThat(none.err()).contains("Invalid value for --keep, it must be 1 or more: 0");
    CommandRun negative = output.run("prune", "--set", "softTargets.keepVersions=0");
    assertThat(negative.code()).isEqualTo(ExitCodes.CONFIGURATION);
    assertThat(negative.err()).contains("expected a whole number from 1 to 1000000, found 0");
  }

  @Test
  void keepsAVersionThatIsReadAndSaysByWhom() throws IOException {
    StageDirectory stage = stage();
    try (VersionHold hold = stage.hold(stage.version(2).orElseThrow(), "look at old answers")) {
      assertThat(hold).isNotNull();
      CommandRun prune = output.done("prune", "--keep", "1");
      assertThat(prune.out())
          .contains("removed versions 1, 3, 4: ")
          .contains("kept version 2: held by look at old answers, process ")
          .contains("kept version 5: newest");
      stage.requireFiles(stage.version(2).orElseThrow());
    }
    assertThat(output.done("prune", "--keep", "1").out()).contains("removed version 2: ");
    assertThat(output.names("files")).isEqualTo(needed());
  }

  @Test
  void filesOfAHiddenVersionStayWhileItIsRead() throws IOException {
    Set<String> before = listed(1);
    Files.createDirectories(output.cache().resolve("pruned"));
    Files.move(output.cache().resolve("versions/1.json"), output.cache().resolve("pruned/1.json"));
    write("holds/1-late.json", Duration.ofMinutes(1));

    CommandRun prune = output.done("prune", "--keep", "1");

    assertThat(prune.out()).contains("removed versions 2, 3, 4: ", "kept version 1: held by ");
    assertThat(output.names("files")).containsAll(before);
    assertThat(output.names("pruned")).containsExactly("1.json");
    Files.delete(output.cache().resolve("holds/1-late.json"));
    assertThat(output.done("prune", "--keep", "1").out()).contains("removed version 1: ");
    assertThat(output.names("files")).isEqualTo(needed());
    assertThat(output.names("pruned")).isEmpty();
  }

  @Test
  void ignoresAndRemovesAHoldThatWasNotRenewed() throws IOException {
    write("holds/2-dead.json", Duration.ofMinutes(11));
    write("holds/3-alive.json", Duration.ofMinutes(9));

    CommandRun prune = output.done("prune", "--keep", "1");

    assertThat(output.names("versions")).containsExactly("3.json", "5.json");
    assertThat(output.names("holds")).containsExactly("3-alive.json");
    assertThat(prune.out())
        .contains("removed 1 expired hold\n")
        .contains("kept version 3: held by a reader that does not say who it is");
  }

  @Test
  void keepsWhatAKilledRunHasLabelled() throws IOException {
    CommandRun prune = output.done("prune", "--keep", "1");
    assertThat(prune.out())
        .contains("soft-targets: kept 1 shard that no version lists yet: for the next label");

    output.done("label");

    assertThat(inspect().get("version").asInt()).isEqualTo(6);
    assertThat(inspect().get("rowsScored").asInt()).isZero();
    assertThat(inspect().get("rows").asInt()).isEqualTo(80);
    assertThat(output.run("verify").err()).isEmpty();
  }

  @Test
  void keepsWhatAKilledRunHasLabelledForAnotherCodec() throws IOException {
    String[] other = {"--set", "softTargets.codec=int8"};
    output.done("label", other);
    Files.delete(output.cache().resolve("versions/6.json"));
    for (String name : output.names("files")) {
      age(output.cache().resolve("files").resolve(name), Duration.ofHours(25));
    }

    CommandRun prune = output.done("prune", "--keep", "1");

    assertThat(prune.out()).contains("that no version lists yet: for the next label");
    output.done("label", other);
    assertThat(inspect().get("version").asInt()).isEqualTo(6);
    assertThat(inspect().get("rowsScored").asInt()).isZero();
    assertThat(output.run("verify", other).err()).isEmpty();
  }

  @Test
  void removesShardsWhoseFilesAreGone() throws IOException {
    Set<String> before = output.names("shards");
    Set<String> listed = listed(5);
    for (String name : output.names("files")) {
      if (!listed.contains(name) && name.startsWith("part-") && !listedByAnyVersion(name)) {
        Files.delete(output.cache().resolve("files").resolve(name));
      }
    }

    CommandRun prune = output.done("prune", "--keep", "5");

    assertThat(prune.out()).contains("soft-targets: removed 1 shard whose files are gone");
    assertThat(output.names("shards")).hasSize(before.size() - 1);
  }

  @Test
  void removesFilesThatNobodyListsOnlyWhenTheyAreOlderThanADay() throws IOException {
    write("files/dead/shards.json", Duration.ofHours(25));
    write("files/part-dead.parquet", Duration.ofHours(25));
    write("files/part-late.parquet", Duration.ofHours(23));

    CommandRun prune = output.done("prune");

    assertThat(output.names("files")).contains("part-late.parquet");
    assertThat(output.names("files")).doesNotContain("part-dead.parquet", "dead/shards.json");
    assertThat(output.cache().resolve("files/dead")).doesNotExist();
    assertThat(prune.out())
        .contains("removed 2 files, 4 bytes older than a day that nobody lists")
        .contains(" that nobody lists: not older than a day, a task may still write them");
  }

  @Test
  void dryRunRemovesNothingAndSaysTheSame() throws IOException {
    write("files/part-dead.parquet", Duration.ofHours(25));
    write("holds/2-dead.json", Duration.ofMinutes(11));
    write("holds/3-alive.json", Duration.ofMinutes(1));
    Map<String, String> before = Workspace.contents(output.output());

    CommandRun dry = output.done("prune", "--keep", "1", "--dry-run");

    assertThat(Workspace.contents(output.output())).isEqualTo(before);
    String expected = dry.out().replace("would remove", "removed").replace("would keep", "kept");
    assertThat(expected).isNotEqualTo(dry.out());
    assertThat(output.done("prune", "--keep", "1").out()).isEqualTo(expected);
  }

  @Test
  void whatWasPrunedIsNotMissed() throws IOException {
    output.done("run");
    output.done("prune", "--keep", "1");
    Map<String, String> before = Workspace.contents(output.output());
    assertThat(output.names("versions")).containsExactly("6.json");

    output.done("run");

    assertThat(Workspace.contents(output.output())).isEqualTo(before);
  }

  @Test
  void trainingAndEvaluationHoldWhatTheyRead() throws IOException {
    output.done("run");
    for (String stage : new String[] {"soft-targets", "test-targets"}) {
      assertThat(output.output().resolve(stage).resolve("holds")).isEmptyDirectory();
    }
  }

  @Test
  void isTurnedAwayWhileAnotherRunWorksOnTheOutput() {
    Map<String, String> before = Workspace.contents(output.output());
    org.apache.hadoop.fs.Path place = new org.apache.hadoop.fs.Path(output.output().toUri());
    OutputLock lock = OutputLock.acquire(place, "label of other.conf", new Configuration());
    try {
      CommandRun prune = output.run("prune", "--keep", "1");
      assertThat(prune.code()).isEqualTo(ExitCodes.CONFLICT);
      assertThat(prune.err())
          .startsWith("error: Cannot work on output ")
          .contains("another run does: label of other.conf. Wait until it ends");
    } finally {
      lock.close();
    }
    assertThat(Workspace.contents(output.output())).isEqualTo(before);
  }

  @Test
  void removesNothingWhereAVersionThatStaysIsDamaged() throws IOException {
    Files.writeString(output.cache().resolve("versions/4.json"), "{");
    Map<String, String> before = Workspace.contents(output.output());

    CommandRun prune = output.run("prune", "--keep", "2");

    assertThat(prune.code()).isEqualTo(ExitCodes.INTEGRITY);
    assertThat(prune.err())
        .startsWith("error: Cannot read manifest ")
        .contains("versions/4.json, it is damaged");
    assertThat(Workspace.contents(output.output())).isEqualTo(before);
  }

  @Test
  void saysSoWhereNothingIsPublished() {
    CommandRun prune =
        CommandRun.of("prune", output.conf(), "--set", "output=" + folder + "/nothing");
    assertThat(prune.err()).isEmpty();
    assertThat(prune.code()).isZero();
    assertThat(prune.out())
        .isEqualTo("soft-targets: nothing to remove\ntest-targets: nothing to remove\n");
  }

  @Test
  void helpTeaches() {
    CommandRun help = CommandRun.of("prune", "--help");
    assertThat(help.code()).isZero();
    assertThat(help.out())
        .contains("--keep=N", "softTargets.keepVersions", "--dry-run", "removes nothing")
        .contains("What stays:", "always the newest one", "prune says who", "killed run")
        .contains("distill prune conf/quickstart.conf --dry-run");
    assertThat(CommandRun.of("--help").out()).contains("prune");
  }

  /** What the versions that are there and all shards list. */
  private Set<String> needed() throws IOException {
    Set<String> needed = new TreeSet<>();
    for (String folderName : new String[] {"versions", "shards"}) {
      for (String name : output.names(folderName)) {
        needed.addAll(listed(output.cache().resolve(folderName).resolve(name)));
      }
    }
    // The list of the run that was killed before it published.
    output.names("files").stream()
        .filter(name -> name.endsWith("/shards.json"))
        .filter(name -> !listedByAnyVersion(name))
        .forEach(needed::add);
    return needed;
  }

  private boolean listedByAnyVersion(String name) {
    try {
      for (String version : output.names("versions")) {
        if (listed(output.cache().resolve("versions").resolve(version)).contains(name)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Set<String> listed(int version) throws IOException {
    return listed(output.cache().resolve("versions/" + version + ".json"));
  }

  private static Set<String> listed(Path json) throws IOException {
    Set<String> paths = new TreeSet<>();
    for (JsonNode file : new ObjectMapper().readTree(Files.readString(json)).get("files")) {
      paths.add(file.get("path").asText().substring("files/".length()));
    }
    return paths;
  }

  private JsonNode inspect() throws IOException {
    CommandRun run = CommandRun.of("inspect", output.cache().toString(), "--json");
    return new ObjectMapper().readTree(run.out());
  }

  private StageDirectory stage() {
    return new StageDirectory(
        new org.apache.hadoop.fs.Path(output.output().toUri()),
        "soft-targets",
        Set.of(),
        new Configuration());
  }

  private void write(String name, Duration age) throws IOException {
    Path file = output.cache().resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "{}");
    age(file, age);
  }

  private static void age(Path file, Duration age) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
  }
}
