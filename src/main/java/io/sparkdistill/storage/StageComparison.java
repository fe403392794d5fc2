package io.sparkdistill.storage;

import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.failure.TransientException;
import java.io.IOException;
import java.util.Optional;

/** Compares what stages have published with their manifests. Reads alone; thread-safe. */
public final class StageComparison {
  private StageComparison() {}

  /**
   * Reads all files of the newest version, one after the other.
   *
   * @param stage of any kind
   * @return the version; empty if there is none
   * @throws IntegrityException naming the first file that is not what was published
   * @throws TransientException if the file system fails
   */
  public static Optional<Manifest> newest(StageDirectory stage) {
    Optional<Manifest> newest = stage.current();
    newest.ifPresent(manifest -> manifest.files().forEach(file -> compare(stage, file)));
    return newest;
  }

  private static void compare(StageDirectory stage, PublishedFile file) {
    Optional<String> difference;
    try {
      difference = stage.difference(file);
    } catch (IOException e) {
      throw stage.unreadable(e);
    }
    if (difference.isPresent()) {
      throw stage.differs(file, difference.get());
    }
  }
}
