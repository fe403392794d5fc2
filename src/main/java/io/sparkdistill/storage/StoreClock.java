package io.sparkdistill.storage;

import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The clock that stamps a store's files. Ages of files are measured by it, because the clock of
 * this machine may be another. Stateless and thread-safe.
 */
final class StoreClock {
  private StoreClock() {}

  /** Milliseconds since 1970, from a file that is created in the folder and removed again. */
  static long now(FileSystem fs, Path folder) throws IOException {
    Path probe = new Path(folder, ".clock-" + UUID.randomUUID());
    fs.create(probe, false).close();
    long now = fs.getFileStatus(probe).getModificationTime();
    fs.delete(probe, false);
    return now;
  }
}
