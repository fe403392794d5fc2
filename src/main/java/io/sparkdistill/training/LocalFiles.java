package io.sparkdistill.training;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The row files of one JVM, each written when it is first asked for. As a broadcast it is one
 * object in each JVM, which Spark closes where the broadcast is destroyed. Thread-safe.
 */
final class LocalFiles implements AutoCloseable, Serializable {
  private static final long serialVersionUID = 1L;

  private transient Map<Integer, RowFile> files;

  /** The file of a worker, if it is here. */
  synchronized Optional<RowFile> find(int worker) {
    return Optional.ofNullable(files().get(worker));
  }

  /** Writes the file of a worker, unless it is here by now. */
  RowFile write(int worker, Supplier<Iterator<TrainingRow>> rows) {
    RowFile written = RowFile.write(LocalDisk.newFile(), rows.get());
    synchronized (this) {
      // Two attempts of one task may have written at the same time.
      RowFile first = files().putIfAbsent(worker, written);
      if (first == null) {
        return written;
      }
      written.close();
      return first;
    }
  }

  @Override
  public synchronized void close() {
    files().values().forEach(RowFile::close);
    files().clear();
  }

  private Map<Integer, RowFile> files() {
    if (files == null) {
      files = new HashMap<>();
    }
    return files;
  }
}
