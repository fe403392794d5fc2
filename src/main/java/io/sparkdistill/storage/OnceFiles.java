package io.sparkdistill.storage;

import io.sparkdistill.failure.TransientException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Small files of one folder that are created with all of their content, once, and never changed: of
 * several tasks that finish the same work, one is the first. May be used on executors.
 */
public final class OnceFiles {
  private final Path folder;
  private final Configuration conf;
  private final FileSystem fs;

  /**
   * Looks at nothing yet.
   *
   * @param folder qualified; need not exist
   * @param conf where file systems are configured
   */
  public OnceFiles(Path folder, Configuration conf) {
    this.folder = folder;
    this.conf = conf;
    this.fs = Locations.fileSystem(folder, conf);
  }

  /**
   * Names of the files.
   *
   * @return empty if there is no folder; temporary ones are left out
   */
  public Set<String> names() {
    try {
      return Arrays.stream(fs.listStatus(folder))
          .filter(FileStatus::isFile)
          .map(status -> status.getPath().getName())
          .filter(name -> !name.startsWith("."))
          .collect(Collectors.toUnmodifiableSet());
    } catch (FileNotFoundException e) {
      return Set.of();
    } catch (IOException e) {
      throw Unreadable.folder(folder, e);
    }
  }

  /**
   * The content of a file.
   *
   * @param name of the file
   * @return empty if there is none
   */
  public Optional<byte[]> read(String name) {
    try {
      return Optional.of(SmallFiles.read(fs, new Path(folder, name)));
    } catch (FileNotFoundException | NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw Unreadable.folder(folder, e);
    }
  }

  /**
   * Creates a file, unless it is there.
   *
   * @param name of the file
   * @param content all of it
   * @return whether it now has this content; false if it has another
   * @throws TransientException if nobody can say whether it was created
   */
  public boolean create(String name, byte[] content) {
    try {
      fs.mkdirs(folder);
    } catch (IOException e) {
      throw Unreadable.failed(folder, e);
    }
    Path temporary = new Path(folder, "." + UUID.randomUUID());
    return ExclusiveFile.create(new Path(folder, name), content, temporary, conf);
  }

  /**
   * Removes a file that was found to be of no use.
   *
   * @param name of the file
   */
  public void remove(String name) {
    try {
      fs.delete(new Path(folder, name), false);
    } catch (IOException e) {
      throw Unreadable.failed(folder, e);
    }
  }
}
