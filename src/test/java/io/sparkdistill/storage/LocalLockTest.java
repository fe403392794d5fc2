package io.sparkdistill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkdistill.failure.ConflictException;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A local output has one holder, in this JVM and in others. */
class LocalLockTest {
  @TempDir private Path folder;

  @Test
  void refusedAttemptInTheSameJvmDoesNotUnlockForOtherProcesses() throws Exception {
    try (LocalLock lock = acquire("run of a.conf")) {
      assertThat(lock).isNotNull();
      assertThatThrownBy(() -> acquire("run of b.conf"))
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("another run does: run of a.conf");
      assertThat(otherProcessGetsIt()).isFalse();
    }
    assertThat(otherProcessGetsIt()).isTrue();
    acquire("run of b.conf").close();
  }

  @Test
  void outputOfSeveralNamesHasOneHolder() throws Exception {
    Path other = Files.createSymbolicLink(folder.resolve("other-name"), folder);
    try (LocalLock lock = acquire("run of a.conf")) {
      assertThat(lock).isNotNull();
      assertThatThrownBy(
              () ->
                  LocalLock.acquire(new org.apache.hadoop.fs.Path(other.toUri()), "run of b.conf"))
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("another run does: run of a.conf");
      assertThat(otherProcessGetsIt()).isFalse();
    }
  }

  @Test
  void fileThatThisJvmHasLockedElsewhereIsHeldAndStaysSo() throws Exception {
    try (FileChannel elsewhere =
        FileChannel.open(
            folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      FileLock held = elsewhere.lock();
      assertThatThrownBy(() -> acquire("run of b.conf"))
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("another run does: another one in this process. Wait");
      assertThat(held.isValid()).isTrue();
      assertThat(otherProcessGetsIt()).isFalse();
    }
  }

  /** Nothing is left of the try on the full disk, so that the next one fails alike. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void lockWhoseHolderCannotBeWrittenIsGivenBack() throws IOException {
    Files.createSymbolicLink(folder.resolve(".lock"), Path.of("/dev/full"));
    for (String holder : List.of("run of a.conf", "run of b.conf")) {
      assertThatThrownBy(() -> acquire(holder))
          .isInstanceOf(IOException.class)
          .hasMessage("No space left on device");
    }
  }

  /** Tries the lock from a JVM of its own. */
  public static void main(String[] args) throws IOException {
    LocalLock.acquire(new org.apache.hadoop.fs.Path(args[0]), "another process").close();
  }

  private LocalLock acquire(String holder) throws IOException {
    return LocalLock.acquire(output(), holder);
  }

  private org.apache.hadoop.fs.Path output() {
    return new org.apache.hadoop.fs.Path(folder.toUri());
  }

  private boolean otherProcessGetsIt() throws Exception {
    List<String> command =
        List.of(
            System.getProperty("java.home") + "/bin/java",
            "-cp",
            System.getProperty("java.class.path"),
            LocalLockTest.class.getName(),
            output().toString());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(new File(folder.toFile(), "log"))
            .start();
    try {
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      return process.exitValue() == 0;
    } finally {
      process.destroyForcibly();
    }
  }
}
