package io.sparkdistill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.sparkdistill.failure.TransientException;
import io.sparkdistill.testing.ReadOnlyFileSystem;
import io.sparkdistill.testing.ReadOnlyFileSystem.Refusal;
import io.sparkdistill.testing.Warnings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Who may only read, reads without a hold and is told what that means. */
class VersionHoldTest {
  @TempDir private Path output;
  private Manifest manifest;

  @BeforeEach
  void publish() {
    StageDirectory stage = stage();
    PublishedFile file =
        stage.write(stage.newAttempt(), "data.bin", "content".getBytes(StandardCharsets.UTF_8));
    manifest =
        stage.publish(
            Manifest.unpublished("stage", Map.of(), Map.of(), List.of(file)), Optional.empty());
  }

  @Test
  void whoMayWriteHoldsAndIsNotWarned() {
    try (Warnings warnings = Warnings.of(VersionHold.class);
        VersionHold hold = stage().holdIfAllowed(manifest, "reading").orElseThrow()) {
      assertThat(hold).isNotNull();
      assertThat(holds()).isNotEmptyDirectory();
      assertThat(warnings.lines()).isEmpty();
    }
    assertThat(holds()).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "BROKEN")
  void whoMayNotWriteIsWarnedAndReadsOn(Refusal refusal) {
    try (Warnings warnings = Warnings.of(VersionHold.class)) {
      assertThat(stage(refusal).holdIfAllowed(manifest, "reading")).isEmpty();

      assertThat(warnings.lines()).hasSize(1);
      assertThat(warnings.lines().get(0))
          .startsWith(
              "Cannot hold version 1 of "
                  + ReadOnlyFileSystem.place(refusal, output)
                  + "/stage while it is read, this user may not write there: ")
          .contains(refusal == Refusal.ACCESS_CONTROL ? "Permission denied" : "403 Forbidden")
          .endsWith(
              ". Prune may take it away meanwhile: let this user write to the folder holds, or let"
                  + " prune keep more versions.");
    }
    assertThat(holds()).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource
  void whoMustHoldIsRefused(Refusal refusal) {
    assertThatThrownBy(() -> stage(refusal).hold(manifest, "training"))
        .isInstanceOf(TransientException.class)
        .hasMessageStartingWith("Cannot work in ")
        .hasMessageEndingWith(". Try again.");
  }

  @Test
  void storeThatFailsIsToBeTriedAgain() {
    try (Warnings warnings = Warnings.of(VersionHold.class)) {
      assertThatThrownBy(() -> stage(Refusal.BROKEN).holdIfAllowed(manifest, "reading"))
          .isInstanceOf(TransientException.class)
          .hasMessageEndingWith(
              "/stage, the file system failed: Connection reset by peer. Try again.");
      assertThat(warnings.lines()).isEmpty();
    }
  }

  @Test
  void whoMayNotWriteIsToldThatTheVersionIsGone() throws IOException {
    Files.delete(output.resolve("stage/versions/1.json"));

    assertThatThrownBy(() -> stage(Refusal.ACCESS_CONTROL).holdIfAllowed(manifest, "too late"))
        .isInstanceOf(TransientException.class)
        .hasMessageStartingWith("Cannot read version 1 of ")
        .hasMessageEndingWith(
            "it is not there any more: it was pruned. Run again, which reads the newest version.");
  }

  @Test
  void whoMayNotWriteToALocalFolderReadsOn() throws IOException {
    Path folder = output.resolve("stage");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
    try (Warnings warnings = Warnings.of(VersionHold.class)) {
      assumeFalse(Files.isWritable(folder), "This user may write in spite of it, as root may");

      assertThat(stage().holdIfAllowed(manifest, "reading")).isEmpty();

      assertThat(warnings.lines()).hasSize(1);
    } finally {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private Path holds() {
    return output.resolve("stage/holds");
  }

  private StageDirectory stage() {
    return stage(new org.apache.hadoop.fs.Path(output.toUri()), new Configuration());
  }

  private StageDirectory stage(Refusal refusal) {
    return stage(ReadOnlyFileSystem.place(refusal, output), ReadOnlyFileSystem.configuration());
  }

  private static StageDirectory stage(org.apache.hadoop.fs.Path place, Configuration conf) {
    return StageDirectory.at(new org.apache.hadoop.fs.Path(place, "stage"), conf);
  }
}
