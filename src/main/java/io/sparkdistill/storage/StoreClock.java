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

  /**
   * Milliseconds since 1970, from a file that is created in the folder and removed again; by this
   * machine's clock where this user may not create files.
   */
  static long now(FileSystem fs, Path folder) throws IOException {
    Path probe = new Path(folder, ".clock-" + UUID.randomUUID());
    try {
      fs.create(probe, false).close();
    } catch (IOException e) {
      if (!Unwritable.isForbidden(e)) {
        throw e;
      }
      // Who may not write here can only look, and this machine's clock will do for that.
      return System.currentTimeMillis();
    }
    long now = fs.getFileStatus(probe).getModificationTime();
    fs.delete(probe, false);
    return now;
  }
}
