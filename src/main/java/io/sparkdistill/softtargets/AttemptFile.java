package io.sparkdistill.softtargets;

import io.sparkdistill.storage.PublishedFile;
import io.sparkdistill.storage.StageDirectory;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A file of one attempt at a shard, which is created with its first row. Pages carry checksums. Not
 * thread-safe.
 */
final class AttemptFile<T> {
  private final Path path;
  private final RowFile.Format<T> format;
  private final Configuration conf;
  private Optional<RowFile<T>> file = Optional.empty();
  private long rows;

  AttemptFile(Path path, RowFile.Format<T> format, Configuration conf) {
    this.path = path;
    this.format = format;
    this.conf = conf;
  }

  void write(T row) {
    try {
      if (file.isEmpty()) {
        file = Optional.of(format.create(path, conf));
      }
      file.get().write(row);
      rows++;
    } catch (IOException e) {
      throw WriteFailures.of(path, e);
    }
  }

  long rows() {
    return rows;
  }

  /**
   * Ends the file, reads all of it back, and says what is to be published; nothing without rows.
   */
  Optional<PublishedFile> finish(StageDirectory directory) {
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      file.get().finish();
      return Optional.of(directory.describe(path));
    } catch (IOException e) {
      throw WriteFailures.of(path, e);
    }
  }

  /** Bytes of a column and all below it, compressed, after the file was finished. */
  long columnBytes(String column) {
    return file.map(finished -> finished.columnBytes(column)).orElse(0L);
  }

  /** Removes what was written; nobody has seen it. */
  void discard() {
    if (file.isEmpty()) {
      return;
    }
    try {
      file.get().abandon();
    } catch (IOException | RuntimeException e) {
      WriteFailures.LOG.debug("Cannot close {}: {}", path, e.getMessage());
    }
    try {
      path.getFileSystem(conf).delete(path, false);
    } catch (IOException e) {
      // An orphan that no version lists.
      WriteFailures.LOG.warn("Cannot remove {}: {}", path, e.getMessage());
    }
  }
}
