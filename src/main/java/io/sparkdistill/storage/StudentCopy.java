package io.sparkdistill.storage;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A file that stands beside the versions of a student, where people find a copy of the newest. It
 * may be older than that, or nobody may have compared it with anything.
 */
final class StudentCopy {
  private static final String STAGE = "student";

  private StudentCopy() {}

  /**
   * What the newest version lists under the file's name, compared with its digest.
   *
   * @return empty for a file that is no such copy
   * @throws io.sparkdistill.failure.IntegrityException if it is gone or another
   */
  static Optional<byte[]> published(Path file, FileSystem fs) throws IOException {
    Path root = file.getParent();
    if (root == null || !root.getName().equals(STAGE)) {
      return Optional.empty();
    }
    ManifestFolder manifests = new ManifestFolder(new Path(root, "versions"), STAGE, fs);
    List<Integer> versions = versions(manifests);
    return versions.isEmpty()
        ? Optional.empty()
        : manifests.read(versions.get(versions.size() - 1)).files().stream()
            .filter(listed -> listed.name().equals(file.getName()))
            .findFirst()
            .map(new StageFiles(root, fs)::read);
  }

  private static List<Integer> versions(ManifestFolder manifests) throws IOException {
    try {
      return manifests.numbers();
    } catch (UnsupportedOperationException e) {
      // Hadoop's file system of HTTP lists nothing.
      return List.of();
    }
  }
}
