package io.sparkdistill.columnar;

import io.sparkdistill.failure.Secrets;
import io.sparkdistill.failure.TransientException;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.PublishedFile;
import io.sparkdistill.storage.StageDirectory;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of one attempt at a task, which is created with its first row and which nobody reads until
 * it is published. Not thread-safe.
 *
 * @param <T> of the rows
 * @param <W> writes them
 */
public final class AttemptFile<T, W extends RowWriter<T>> {
  private static final Logger LOG = LoggerFactory.getLogger(AttemptFile.class);

  private final String content;
  private final Path path;
  private final Creation<W> creation;
  private final Configuration conf;
  private Optional<W> writer = Optional.empty();
  private long rows;

  /**
   * Creates a file.
   *
   * @param <W> writes its rows
   */
  @FunctionalInterface
  public interface Creation<W> {
    /**
     * Begins a file.
     *
     * @param path must not exist
     * @param conf where file systems are configured
     * @return to be finished or abandoned
     * @throws IOException if the store does not take it
     */
    W create(Path path, Configuration conf) throws IOException;
  }

  /**
   * Creates nothing yet.
   *
   * @param content what the rows are, for people, such as {@code soft targets}
   * @param path must not exist
   * @param creation of the file, with its first row
   * @param conf where file systems are configured
   */
  public AttemptFile(String content, Path path, Creation<W> creation, Configuration conf) {
    this.content = content;
    this.path = path;
    this.creation = creation;
    this.conf = conf;
  }

  /**
   * Writes a row.
   *
   * @param row the next one
   * @throws TransientException if the store does not take it
   */
  public void write(T row) {
    try {
      if (writer.isEmpty()) {
        writer = Optional.of(creation.create(path, conf));
      }
      writer.get().write(row);
      rows++;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * How many rows it has.
   *
   * @return 0 if there is no file
   */
  public long rows() {
    return rows;
  }

  /**
   * What wrote the rows.
   *
   * @return empty without rows
   */
  public Optional<W> writer() {
    return writer;
  }

  /**
   * Ends the file, reads all of it back, and says what is to be published.
   *
   * @param directory of the stage that it belongs to
   * @return empty without rows
   * @throws TransientException if the store does not take or give it
   */
  public Optional<PublishedFile> finish(StageDirectory directory) {
    if (writer.isEmpty()) {
      return Optional.empty();
    }
    try {
      writer.get().finish();
      return Optional.of(directory.describe(path));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Removes what was written; nobody has seen it. */
  public void discard() {
    if (writer.isEmpty()) {
      return;
    }
    try {
      writer.get().abandon();
    } catch (IOException | RuntimeException e) {
      LOG.debug("Cannot close {}: {}", path, e.getMessage());
    }
    try {
      path.getFileSystem(conf).delete(path, false);
    } catch (IOException e) {
      // An orphan that no version lists.
      LOG.warn("Cannot remove {}: {}", path, e.getMessage());
    }
  }

  private TransientException failed(IOException e) {
    return new TransientException(
        "Cannot write "
            + content
            + " to "
            + Locations.display(path)
            + ", the file system failed: "
            + Secrets.messageOf(e)
            + ". Nothing was published; make room or repair it, and try again.",
        e);
  }
}
