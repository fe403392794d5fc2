package io.sparkdistill.storage;

import io.sparkdistill.failure.Secrets;
import io.sparkdistill.failure.TransientException;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one version from being pruned while it is open. A small file says so, which a thread writes
 * anew; the hold of a reader that died counts for ten minutes more. The file is written before the
 * version is looked for, and prune hides a version before it looks for holds, so that one of both
 * sees the other. May be closed from any thread.
 */
public final class VersionHold implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(VersionHold.class);

  private final StageDirectory directory;
  private final Path file;
  private final byte[] content;
  private final Renewal renewal;

  private VersionHold(StageDirectory directory, Path file, byte[] content) {
    this.directory = directory;
    this.file = file;
    this.content = content;
    this.renewal = new Renewal("version-hold", Holds.EXPIRY, this::renew);
  }

  static VersionHold take(StageDirectory directory, Manifest manifest, String reader)
      throws IOException {
    int version = manifest.version();
    Path file = Holds.newFile(directory, version);
    byte[] content =
        StrictJson.write(new Holds.Note(Holds.Note.SCHEMA_VERSION, version, Holder.of(reader)));
    Holds.write(directory, file, content);
    if (!isThere(directory, manifest)) {
      directory.fs().delete(file, false);
      throw pruned(directory, manifest);
    }
    return new VersionHold(directory, file, content);
  }

  static Optional<VersionHold> takeIfAllowed(
      StageDirectory directory, Manifest manifest, String reader) throws IOException {
    try {
      return Optional.of(take(directory, manifest, reader));
    } catch (IOException e) {
      if (!Unwritable.isForbidden(e)) {
        throw e;
      }
      if (!isThere(directory, manifest)) {
        throw pruned(directory, manifest);
      }
      LOG.warn(
          "Cannot hold version {} of {} while it is read, this user may not write there: {}. Prune"
              + " may take it away meanwhile: let this user write to the folder holds, or let prune"
              + " keep more versions.",
          manifest.version(),
          Locations.display(directory.root()),
          Secrets.messageOf(e));
      return Optional.empty();
    }
  }

  private static boolean isThere(StageDirectory directory, Manifest manifest) {
    return directory.version(manifest.version()).equals(Optional.of(manifest));
  }

  private static TransientException pruned(StageDirectory directory, Manifest manifest) {
    return new TransientException(
        "Cannot read version "
            + manifest.version()
            + " of "
            + Locations.display(directory.root())
            + ", it is not there any more: "
            + "it was pruned. Run again, which reads the newest version.");
  }

  void renew() {
    try {
      Holds.write(directory, file, content);
    } catch (IOException | RuntimeException e) {
      LOG.warn("Cannot renew the hold {}: {}", Locations.display(file), Secrets.mask(e.toString()));
    }
  }

  /** Lets the version go; where the file cannot be removed, it expires. */
  @Override
  public void close() {
    renewal.close();
    try {
      directory.fs().delete(file, false);
    } catch (IOException e) {
      LOG.warn(
          "Cannot remove the hold {}: {}", Locations.display(file), Secrets.mask(e.toString()));
    }
  }
}
