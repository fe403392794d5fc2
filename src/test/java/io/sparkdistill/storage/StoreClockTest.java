package io.sparkdistill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The time of a store, also for those who may only look at it. */
class StoreClockTest {
  private static final long HOUR = 3_600_000;

  @TempDir private java.nio.file.Path folder;

  @Test
  void isAskedByAFileThatIsGoneThen() throws IOException {
    FileSystem fs = FileSystem.getLocal(new Configuration()).getRaw();
    assertThat(StoreClock.now(fs, new Path(folder.toUri())))
        .isCloseTo(System.currentTimeMillis(), within(HOUR));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void isThisMachinesForWhoMayNotWrite() throws IOException {
    for (IOException refusal :
        List.of(
            new AccessControlException("eve"),
            new FileNotFoundException("/a/.clock (Permission denied)"),
            new FileNotFoundException("/a/.clock (Read-only file system)"))) {
      assertThat(StoreClock.now(refusing(refusal), new Path("/a")))
          .isCloseTo(System.currentTimeMillis(), within(HOUR));
    }
    assertThatThrownBy(() -> StoreClock.now(refusing(new IOException("broken")), new Path("/a")))
        .hasMessage("broken");
  }

  @Test
  void isThisMachinesInALocalFolderThatMayOnlyBeRead() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      assumeFalse(Files.isWritable(folder), "This user may write in spite of it, as root may");

      assertThat(StoreClock.now(FileSystem.getLocal(new Configuration()), new Path(folder.toUri())))
          .isCloseTo(System.currentTimeMillis(), within(HOUR));
    } finally {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private static FileSystem refusing(IOException refusal) throws IOException {
    FileSystem fs =
        new RawLocalFileSystem() {
          @Override
          public FSDataOutputStream create(Path path, boolean overwrite) throws IOException {
            throw refusal;
          }
        };
    fs.initialize(URI.create("file:///"), new Configuration());
    return fs;
  }
}
