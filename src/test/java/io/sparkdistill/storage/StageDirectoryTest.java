package io.sparkdistill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.failure.ConflictException;
import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.failure.TransientException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Versions are there whole or not at all, and what was edited is refused. */
class StageDirectoryTest {
  private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;
  private final Configuration conf = FlakyFileSystem.configuration();

  /** Places that readers and writers must treat alike. */
  enum Kind {
    LOCAL,
    STORE
  }

  @ParameterizedTest
  @EnumSource
  void whatWasPublishedIsCurrentAndCopiedBeside(Kind kind) throws IOException {
    StageDirectory stage = stage(kind);
    assertThat(stage.current()).isEmpty();

    Manifest published = publish(stage, "1", Optional.empty());

    assertThat(published.version()).isEqualTo(1);
    assertThat(stage.current()).contains(published);
    assertThat(stage.read(published.file("data.bin"))).isEqualTo(CONTENT);
    assertThat(stage.difference(published.file("data.bin"))).isEmpty();
    assertThat(folder.resolve("stage/data.bin")).hasBinaryContent(CONTENT);
    assertThat(folder.resolve("stage/manifest.json"))
        .hasSameBinaryContentAs(folder.resolve("stage/versions/1.json"));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotListedByAVersionIsInvisible(Kind kind) {
    StageDirectory stage = stage(kind);
    PublishedFile file = stage.write(stage.newAttempt(), "data.bin", CONTENT);
    assertThat(stage.current()).isEmpty();
    assertThat(folder.resolve("stage").resolve(file.path())).exists();
    assertThat(folder.resolve("stage/data.bin")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource
  void secondPublisherOfAVersionWithOtherContentIsTurnedAway(Kind kind) {
    StageDirectory stage = stage(kind);
    Manifest first = publish(stage, "1", Optional.empty());

    assertThatThrownBy(() -> publish(stage, "2", Optional.empty()))
        .isInstanceOf(ConflictException.class)
        .hasMessageStartingWith("Cannot publish version 1 of ")
        .hasMessageContaining("another run has published it in the meantime");

    assertThat(stage.current()).contains(first);
    assertThat(publish(stage, "2", Optional.of(first)).version()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void secondPublisherOfTheSameContentSucceeds(Kind kind) {
    StageDirectory stage = stage(kind);
    Manifest manifest = unpublished(stage, "1");
    Manifest first = stage.publish(manifest, Optional.empty());
    assertThat(stage.publish(manifest, Optional.empty())).isEqualTo(first);
    assertThat(stage.current()).contains(first);
  }

  @Test
  void commitWhoseAnswerWasLostIsFoundToHaveSucceeded() {
    StageDirectory stage = stage(FlakyFileSystem.Fault.AFTER);
    Manifest published = publish(stage, "1", Optional.empty());
    assertThat(stage.current()).contains(published);
  }

  @Test
  void commitThatFailedIsSaidToBeUnknownAndMayBeTriedAgain() {
    StageDirectory stage = stage(FlakyFileSystem.Fault.BEFORE);
    Manifest manifest = unpublished(stage, "1");
    List<String> before = files();

    assertThatThrownBy(() -> stage.publish(manifest, Optional.empty()))
        .isInstanceOf(TransientException.class)
        .hasMessageStartingWith("Cannot tell whether ")
        .hasMessageContaining("versions/1.json was published")
        .hasMessageContaining("503 Slow Down")
        .hasMessageContaining("Nothing was deleted");

    assertThat(files()).isEqualTo(before);
    assertThat(stage(FlakyFileSystem.Fault.NONE).publish(manifest, Optional.empty()).version())
        .isEqualTo(1);
  }

  @Test
  void commitThatNobodyCanAskAboutIsSaidToBeUnknownAndStays() throws IOException {
    StageDirectory stage = stage(FlakyFileSystem.Fault.SILENT);
    Manifest manifest = unpublished(stage, "1");

    assertThatThrownBy(() -> stage.publish(manifest, Optional.empty()))
        .isInstanceOf(TransientException.class)
        .hasMessageContaining("Connection reset")
        .hasMessageContaining("Nothing was deleted")
        .satisfies(
            thrown ->
                assertThat(thrown.getCause().getSuppressed()[0])
                    .hasMessageContaining("No route to host"));

    StageDirectory later = stage(FlakyFileSystem.Fault.NONE);
    assertThat(later.current()).contains(manifest.numbered(1));
    later.requireFiles(manifest);
  }

  @Test
  void manifestOfAnotherSchemaIsRefusedNamingBoth() throws IOException {
    StageDirectory stage = published();
    edit("\"schemaVersion\" : 1", "\"schemaVersion\" : 99");
    refused(stage, "its schemaVersion is 99 and this build reads 1");
  }

  @Test
  void manifestWithoutSchemaIsRefused() throws IOException {
    StageDirectory stage = published();
    edit("\"schemaVersion\" : 1,", "");
    refused(stage, "its schemaVersion is -1 and this build reads 1");
  }

  @Test
  void cutManifestIsRefused() throws IOException {
    StageDirectory stage = published();
    byte[] json = Files.readAllBytes(version());
    for (int length = 1; length < json.length; length += 3) {
      Files.write(version(), Arrays.copyOf(json, length));
      refused(stage, "it is damaged");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "null", "7", "[]"})
  void manifestThatIsNoObjectIsDamagedAndNotOfAnotherRelease(String instead) throws IOException {
    StageDirectory stage = published();
    Files.writeString(version(), instead);
    refused(stage, "it is damaged: there is no JSON object. Restore it, or use another output.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"unknown\" : 1, \"stage\" : \"stage\"",
        "\"stage\" : \"stage\", \"stage\" : \"stage\"",
        "\"stag\" : \"stage\"",
        "\"stage\" : {}"
      })
  void manifestWithOtherFieldsIsRefused(String instead) throws IOException {
    StageDirectory stage = published();
    edit("\"stage\" : \"stage\"", instead);
    refused(stage, "it is damaged");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "7", "[]", "\"x\""})
  void manifestWithoutInputsIsRefused(String instead) throws IOException {
    StageDirectory stage = published();
    String json = Files.readString(version());
    Files.writeString(
        version(), json.replaceAll("(?s)\"inputs\" : \\{[^}]*\\}", "\"inputs\" : " + instead));
    refused(stage, "it is damaged");
  }

  @Test
  void manifestWithSomethingBehindItIsRefused() throws IOException {
    StageDirectory stage = published();
    Files.writeString(version(), Files.readString(version()) + "{}");
    refused(stage, "it is damaged");
  }

  @Test
  void manifestThatListsAFileElsewhereIsRefused() throws IOException {
    StageDirectory stage = published();
    edit("\"path\" : \"files/", "\"path\" : \"../files/");
    refused(stage, "Invalid path in a manifest: ../files/");
  }

  @Test
  void manifestOfAnotherVersionOrStageIsRefused() throws IOException {
    StageDirectory stage = published();
    edit("\"version\" : 1", "\"version\" : 3");
    refused(stage, "it says that it is version 3 of stage");
    edit("\"stage\" : \"stage\"", "\"stage\" : \"other\"");
    refused(stage, "it says that it is version 3 of other");
  }

  @Test
  void filesThatAreNoVersionsAreIgnored() throws IOException {
    StageDirectory stage = published();
    for (String name : List.of("2.json.tmp", "02.json", "0.json", "x.json", ".2.json.crc")) {
      Files.writeString(version().resolveSibling(name), "{}");
    }
    assertThat(stage.current().orElseThrow().version()).isEqualTo(1);
  }

  @Test
  void publishedFileThatWasChangedIsRefusedAndSaidToDiffer() throws IOException {
    StageDirectory stage = published();
    PublishedFile file = stage.current().orElseThrow().file("data.bin");
    Path local = folder.resolve("stage").resolve(file.path());

    Files.write(local, "CONTENT".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> stage.read(file))
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining("its SHA-256 is ")
        .hasMessageContaining("It is not what was published");
    assertThat(stage.difference(file).orElseThrow()).startsWith("its SHA-256 is ");

    Files.write(local, new byte[3]);
    assertThat(stage.difference(file)).contains("it has 3 bytes instead of 7");
    assertThatThrownBy(() -> stage.requireFiles(stage.current().orElseThrow()))
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining("it has 3 bytes instead of 7");

    Files.delete(local);
    assertThat(stage.difference(file)).contains("it is gone");
    assertThatThrownBy(() -> stage.requireFiles(stage.current().orElseThrow()))
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining("it is gone");
    assertThatThrownBy(() -> stage.read(file))
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining("it is gone");
  }

  @Test
  void copiesThatWereChangedAreMadeAnew() throws IOException {
    StageDirectory stage = published();
    Files.writeString(folder.resolve("stage/data.bin"), "edited");
    Files.delete(folder.resolve("stage/manifest.json"));
    stage.refreshView(stage.current().orElseThrow());
    assertThat(folder.resolve("stage/data.bin")).hasBinaryContent(CONTENT);
    assertThat(folder.resolve("stage/manifest.json"))
        .hasSameBinaryContentAs(folder.resolve("stage/versions/1.json"));
  }

  @Test
  void copiesMayStandInAnotherDirectory() {
    StageDirectory stage =
        new StageDirectory(
            new org.apache.hadoop.fs.Path(folder.toUri()),
            "stage",
            new org.apache.hadoop.fs.Path(folder.resolve("other").toUri()),
            Set.of("data.bin"),
            conf);
    publish(stage, "1", Optional.empty());

    assertThat(folder.resolve("other/data.bin")).hasBinaryContent(CONTENT);
    assertThat(folder.resolve("stage/data.bin")).doesNotExist();
    assertThat(folder.resolve("stage/manifest.json")).exists();
    assertThat(folder.resolve("other/manifest.json")).doesNotExist();
  }

  private void refused(StageDirectory stage, String why) {
    assertThatThrownBy(stage::current)
        .isInstanceOf(IntegrityException.class)
        .hasMessageStartingWith("Cannot ")
        .hasMessageContaining("stage/versions/1.json, ")
        .hasMessageContaining(why);
  }

  private void edit(String old, String replacement) throws IOException {
    String json = Files.readString(version());
    assertThat(json).contains(old);
    Files.writeString(version(), json.replace(old, replacement));
  }

  private Path version() {
    return folder.resolve("stage/versions/1.json");
  }

  private List<String> files() {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).map(Path::toString).sorted().toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private StageDirectory published() {
    StageDirectory stage = stage(Kind.STORE);
    publish(stage, "1", Optional.empty());
    return stage;
  }

  private StageDirectory stage(Kind kind) {
    return kind == Kind.STORE
        ? stage(FlakyFileSystem.Fault.NONE)
        : new StageDirectory(
            new org.apache.hadoop.fs.Path(folder.toUri()), "stage", Set.of("data.bin"), conf);
  }

  private StageDirectory stage(FlakyFileSystem.Fault fault) {
    return new StageDirectory(
        FlakyFileSystem.place(fault, folder), "stage", Set.of("data.bin"), conf);
  }

  private static Manifest publish(StageDirectory stage, String input, Optional<Manifest> previous) {
    return stage.publish(unpublished(stage, input), previous);
  }

  private static Manifest unpublished(StageDirectory stage, String input) {
    PublishedFile file = stage.write(stage.newAttempt(), "data.bin", CONTENT);
    return Manifest.unpublished(
        "stage", Map.of("input", input), Map.of("rows", "7"), List.of(file));
  }
}
