package io.sparkdistill.storage;

import io.sparkdistill.failure.IntegrityException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The files that versions list, compared with what was published. Stateless. */
final class StageFiles {
  private final Path root;
  private final FileSystem fs;

  StageFiles(Path root, FileSystem fs) {
    this.root = root;
    this.fs = fs;
  }

  private interface Look<T> {
    T at(PublishedFile file) throws IOException;
  }

  Path path(PublishedFile file) {
    return new Path(root, file.path());
  }

  byte[] read(PublishedFile file) {
    return found(
        file,
        there -> {
          byte[] content = SmallFiles.read(fs, path(there));
          if (!Sha256.of(content).equals(there.sha256())) {
            throw differs(there, "its SHA-256 is " + Sha256.of(content));
          }
          return content;
        });
  }

  Optional<String> difference(PublishedFile file) throws IOException {
    try {
      Optional<String> length = otherLength(file);
      if (length.isPresent()) {
        return length;
      }
      String sha256 = Sha256.of(fs, path(file));
      return sha256.equals(file.sha256())
          ? Optional.empty()
          : Optional.of("its SHA-256 is " + sha256 + " instead of " + file.sha256());
    } catch (IOException e) {
      return Optional.of(said(e).orElseThrow(() -> e));
    }
  }

  void require(List<PublishedFile> files) {
    for (PublishedFile file : files) {
      found(file, this::otherLength)
          .ifPresent(
              difference -> {
                throw differs(file, difference);
              });
    }
  }

  IntegrityException differs(PublishedFile file, String difference) {
    return new IntegrityException(
        "Cannot use "
            + Locations.display(path(file))
            + ", "
            + difference
            + ". It is not what was published: restore it, or use another output.");
  }

  private Optional<String> otherLength(PublishedFile file) throws IOException {
    long length = fs.getFileStatus(path(file)).getLen();
    return length == file.bytes()
        ? Optional.empty()
        : Optional.of("it has " + length + " bytes instead of " + file.bytes());
  }

  private <T> T found(PublishedFile file, Look<T> look) {
    try {
      return look.at(file);
    } catch (IOException e) {
      throw said(e)
          .<RuntimeException>map(difference -> differs(file, difference))
          .orElseGet(() -> Unreadable.failed(root, e));
    }
  }

  /** What a file system says of a file that is not what it was; another failure says nothing. */
  private static Optional<String> said(IOException e) {
    if (e instanceof FileNotFoundException || e instanceof NoSuchFileException) {
      return Optional.of("it is gone");
    }
    return e instanceof ChecksumException damage
        ? Optional.of("its file system finds it damaged at byte " + damage.getPos())
        : Optional.empty();
  }
}
