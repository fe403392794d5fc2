package io.sparkdistill.storage;

import java.io.Serializable;

/**
 * A file that a manifest lists.
 *
 * @param path relative to the stage's directory, parts separated by slashes
 * @param bytes its length
 * @param sha256 its content's digest
 */
public record PublishedFile(String path, long bytes, String sha256) implements Serializable {
  /** Refuses paths that could leave the stage's directory. */
  public PublishedFile {
    if (path.isEmpty()
        || path.startsWith("/")
        || path.contains("\\")
        || path.contains(":")
        || ("/" + path + "/").contains("/../")) {
      throw new IllegalArgumentException("Invalid path in a manifest: " + path);
    }
  }

  /**
   * The last part of the path.
   *
   * @return its file name
   */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
