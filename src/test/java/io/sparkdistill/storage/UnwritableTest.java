package io.sparkdistill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.failure.DistillException;
import io.sparkdistill.failure.InvalidConfigurationException;
import io.sparkdistill.failure.TransientException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An output that cannot be taken: what to correct, and what to try again. */
class UnwritableTest {
  @TempDir private java.nio.file.Path folder;

  @Test
  void fileWhereAFolderMustBeIsToBeCorrected() throws Exception {
    java.nio.file.Path file = Files.writeString(folder.resolve("taken"), "a file");
    Path output = new Path(new Path(file.toUri()), "output");
    assertThatThrownBy(() -> OutputLock.acquire(output, "run of a.conf", new Configuration(false)))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("Cannot write to output " + file + "/output, the file system refused")
        .hasMessageEndingWith("Give a place that this user may write to.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "No space left on device",
        "Disk quota exceeded",
        "Input/output error",
        "Too many open files",
        "Stale file handle"
      })
  void diskThatFailsIsToBeTriedAgain(String reason) {
    DistillException failure = because(new FileSystemException("/out/.lock", null, reason));
    assertThat(failure)
        .isInstanceOf(TransientException.class)
        .hasMessage(
            "Cannot take output /out, the file system failed: /out/.lock: "
                + reason
                + ". Nothing was published; try again.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Read-only file system", "File name too long", "Not a directory"})
  void whatLastsIsToBeCorrected(String reason) {
    assertThat(because(new FileSystemException("/out/.lock", null, reason)))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("the file system refused: /out/.lock: " + reason);
  }

  @Test
  void refusedPermissionIsToBeCorrected() {
    for (IOException refused :
        List.of(
            new AccessDeniedException("/out/.lock"),
            new AccessControlException("Permission denied: user=a"),
            new ParentNotDirectoryException("/out"),
            new FileNotFoundException("/out (Permission denied)"))) {
      assertThat(because(refused))
          .isInstanceOf(InvalidConfigurationException.class)
          .hasMessageStartingWith("Cannot write to output /out, the file system refused: ")
          .hasMessageContaining(refused.getMessage())
          .hasMessageEndingWith(". Give a place that this user may write to.");
    }
  }

  @Test
  void onlyWhatThisUserMayNotDoIsForbidden() {
    for (IOException forbidden :
        List.of(
            new AccessDeniedException("/out/holds"),
            new AccessControlException("Permission denied: user=a"),
            new FileSystemException("/out/holds", null, "Read-only file system"),
            new FileSystemException("/out/holds", null, "Operation not permitted"),
            new FileNotFoundException("/out/holds/a (Permission denied)"),
            new FileNotFoundException("/out/holds/a (Read-only file system)"))) {
      assertThat(Unwritable.isForbidden(forbidden)).as(forbidden.toString()).isTrue();
    }
    for (IOException other :
        List.of(
            new IOException("Connection reset by peer"),
            new FileNotFoundException("/out"),
            new ParentNotDirectoryException("/out"),
            new FileSystemException("/out/holds", null, "File name too long"),
            new FileSystemException("/out/holds", null, "No space left on device"))) {
      assertThat(Unwritable.isForbidden(other)).as(other.toString()).isFalse();
    }
  }

  @Test
  void storeThatDoesNotAnswerIsToBeTriedAgain() {
    assertThat(because(new IOException("Connection reset by peer")))
        .isInstanceOf(TransientException.class)
        .hasMessageContaining("Connection reset by peer");
  }

  private static DistillException because(IOException e) {
    return Unwritable.because(new Path("file:/out"), e);
  }
}
