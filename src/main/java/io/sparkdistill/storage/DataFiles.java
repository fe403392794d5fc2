package io.sparkdistill.storage;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What lies in a stage's {@code files/}, listed by somebody or not: for those that tidy up. Readers
 * never find files this way. Instances hold no state but their place.
 */
public final class DataFiles {
  private static final Logger LOG = LoggerFactory.getLogger(DataFiles.class);

  private final FileSystem fs;
  private final Path root;

  /**
   * Looks at nothing yet.
   *
   * @param directory of the stage
   */
  public DataFiles(StageDirectory directory) {
    this.fs = directory.fs();
    this.root = directory.root();
  }

  /**
   * A file.
   *
   * @param path as a manifest would list it
   * @param bytes its length
   * @param age since it was last written, by the store's clock
   */
  public record DataFile(String path, long bytes, Duration age) {}

  /**
   * Lists all files, in all folders below.
   *
   * @return in no promised order
   * @throws IOException if the file system fails
   */
  public List<DataFile> list() throws IOException {
    Path folder = new Path(root, "files");
    if (!fs.exists(folder)) {
      return List.of();
    }
    long now = StoreClock.now(fs, folder);
    String prefix = fs.makeQualified(root).toUri().getPath() + "/";
    List<DataFile> files = new ArrayList<>();
    RemoteIterator<? extends FileStatus> all = fs.listFiles(folder, true);
    while (all.hasNext()) {
      FileStatus status = all.next();
      files.add(
          new DataFile(
              status.getPath().toUri().getPath().substring(prefix.length()),
              status.getLen(),
              Duration.ofMillis(now - status.getModificationTime())));
    }
    return files;
  }

  /**
   * Removes files, and the folders of attempts that are empty then.
   *
   * @param files from {@link #list()}
   * @throws IOException if the file system fails; some may have been removed
   */
  public void remove(List<DataFile> files) throws IOException {
    Set<Path> folders = new TreeSet<>();
    for (DataFile file : files) {
      Path path = new Path(root, file.path());
      fs.delete(path, false);
      folders.add(path.getParent());
    }
    folders.remove(new Path(root, "files"));
    for (Path folder : folders) {
      removeIfEmpty(folder);
    }
  }

  private void removeIfEmpty(Path folder) {
    try {
      if (fs.listStatus(folder).length == 0) {
        fs.delete(folder, false);
      }
    } catch (IOException e) {
      // An empty folder harms nobody, and object stores have none.
      LOG.debug("Cannot remove {}: {}", folder, e.getMessage());
    }
  }
}
