package io.sparkdistill.cli;

import static io.sparkdistill.cli.Labelled.requireRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.softtargets.Shard;
import io.sparkdistill.softtargets.ShardIndex;
import io.sparkdistill.testing.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What lies on disk was changed by somebody else: refused, and left as it is. */
@TestInstance(Lifecycle.PER_CLASS)
class DamagedCacheTest {
  private Path folder;
  private Labelled undisturbed;
  private Labelled labelled;

  @BeforeAll
  void label(@TempDir Path folder) {
    this.folder = folder;
    undisturbed = Labelled.in(Workspace.create(folder));
    assertThat(undisturbed.label().err()).isEmpty();
  }

  @BeforeEach
  void copyTheOutput(TestInfo test) throws IOException {
    String name = test.getTestMethod().orElseThrow().getName();
    labelled = undisturbed.to(folder.resolve(name));
    FileUtils.copyDirectory(undisturbed.output().toFile(), labelled.output().toFile());
  }

  @Test
  void shardOfAnotherBindingOrSplitIsRefusedUntilItIsRemoved() throws IOException {
    withoutVersions();
    Path shard = labelled.shards().get(0);
    Path other = labelled.shards().get(1);
    Files.copy(shard, other, StandardCopyOption.REPLACE_EXISTING);
    refusedUntouched("Cannot use shard " + other, "it belongs to something else", "labelled again");
    Files.delete(other);

    edit(shard, "\"binding\" : \"", "\"binding\" : \"0");
    refusedUntouched("Cannot use shard " + shard, "it belongs to something else: binding 0");
    Files.delete(shard);

    assertThat(labelled.label().err()).isEmpty();
    labelled.requireSameAs(undisturbed);
  }

  @Test
  void shardThatIsCutOrOfAFutureVersionIsRefused() throws IOException {
    withoutVersions();
    Path shard = labelled.shards().get(0);
    byte[] json = Files.readAllBytes(shard);
    edit(shard, schema(Shard.SCHEMA_VERSION), schema(99));
    refusedUntouched(
        "Cannot read shard ",
        "its schemaVersion is 99 and this build reads " + Shard.SCHEMA_VERSION);

    Files.write(shard, Arrays.copyOf(json, json.length / 2));
    refusedUntouched("Cannot read shard ", "it is damaged");

    Files.write(shard, new byte[0]);
    refusedUntouched("Cannot read shard ", "it is damaged: there is no JSON object");
  }

  @Test
  void shardThatListsFewerRowsThanItsFileHasIsNotPublished() throws IOException {
    withoutVersions();
    edit(labelled.shards().get(0), "\"rows\" : 200", "\"rows\" : 199");
    Map<String, String> before = versions();

    requireRefused(
        labelled.label(), ExitCodes.TRANSIENT, "reading them back gave 600 rows instead of 599");

    assertThat(versions()).isEqualTo(before);
  }

  @Test
  void indexThatIsEditedCutOrGoneIsRefused() throws IOException {
    Path index = index();
    byte[] json = Files.readAllBytes(index);
    edit(index, "\"rows\" : 200", "\"rows\" : 201");
    refusedUntouched("Cannot use " + index, "its SHA-256 is ", "It is not what was published");

    edit(index, schema(ShardIndex.SCHEMA_VERSION), schema(99));
    refusedUntouched("Cannot use " + index, "its SHA-256 is ");

    Files.write(index, Arrays.copyOf(json, json.length / 2));
    refusedUntouched("Cannot use " + index, "its SHA-256 is ");

    Files.delete(index);
    refusedUntouched("Cannot use " + index, "it is gone");
  }

  @Test
  void manifestThatIsEditedIntoAnotherValidOneIsRefused() throws IOException {
    Path manifest = labelled.file("versions/1.json");
    String json = Files.readString(manifest);
    for (List<String> edit :
        List.of(
            List.of("\"codec\" : \"float16\"", "\"codec\" : \"float32\"", "codec is float32 there"),
            List.of("\"classes\" : \"3\"", "\"classes\" : \"4\"", "classes is 4 there"),
            List.of("\"badRows\" : \"0\"", "\"badRows\" : \"2\"", "bad rows in its manifest: 2"),
            List.of(
                "\"content.sha256\" : \"",
                "\"content.sha256\" : \"0",
                "digest of the rows in its manifest: 0"),
            List.of(schema(1), schema(99), "its schemaVersion is 99 and this build reads 1"))) {
      Files.writeString(manifest, json);
      edit(manifest, edit.get(0), edit.get(1));
      requireRefused(labelled.verify(), ExitCodes.INTEGRITY, edit.get(2));
    }
  }

  @Test
  void foreignPartInPlaceOfAListedOneIsRefused() throws IOException {
    Path first = labelled.parts().get(0);
    byte[] foreign = Files.readAllBytes(labelled.parts().get(1));
    byte[] own = Files.readAllBytes(first);
    Files.write(first, foreign);
    Files.deleteIfExists(first.resolveSibling("." + first.getFileName() + ".crc"));

    CommandRun run = labelled.verify();

    requireRefused(run, ExitCodes.INTEGRITY, first.getFileName().toString());
    Files.write(first, own);
    labelled.requireSameAs(undisturbed);
  }

  @Test
  void foreignPartBesideTheListedOnesIsIgnored() throws IOException {
    Path part = labelled.parts().get(0);
    Files.copy(part, part.resolveSibling("part-foreign.parquet"));
    Files.writeString(labelled.file("shards").resolve("foreign.json"), "{}");

    assertThat(labelled.label().err()).isEmpty();

    assertThat(labelled.file("versions/2.json")).doesNotExist();
    labelled.requireSameAs(undisturbed);
  }

  private void withoutVersions() throws IOException {
    FileUtils.deleteDirectory(labelled.file("versions").toFile());
  }

  private Map<String, String> versions() {
    return Workspace.contents(labelled.file("versions"));
  }

  private void refusedUntouched(String... why) {
    Map<String, String> before = Workspace.contents(labelled.output());
    requireRefused(labelled.label(), ExitCodes.INTEGRITY, why);
    assertThat(Workspace.contents(labelled.output())).isEqualTo(before);
  }

  private Path index() throws IOException {
    try (var files = Files.walk(labelled.file("files"))) {
      return files.filter(file -> file.endsWith("shards.json")).findFirst().orElseThrow();
    }
  }

  private static String schema(int version) {
    return "\"schemaVersion\" : " + version;
  }

  private static void edit(Path file, String old, String replacement) throws IOException {
    String json = Files.readString(file, StandardCharsets.UTF_8);
    assertThat(json).contains(old);
    Files.writeString(file, json.replaceFirst(java.util.regex.Pattern.quote(old), replacement));
  }
}
