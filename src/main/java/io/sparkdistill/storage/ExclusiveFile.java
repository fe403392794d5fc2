package io.sparkdistill.storage;

import io.sparkdistill.failure.Secrets;
import io.sparkdistill.failure.TransientException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/**
 * Creates a file with all of its content, or fails because there is one already.
 *
 * <p>Locally by a hard link to a synced temporary file, on file systems with an atomic rename by
 * renaming without overwriting, and on object stores by an exclusive create, which is visible when
 * it is closed. Stateless and thread-safe.
 */
final class ExclusiveFile {
  private static final Set<String> ATOMIC_RENAME = Set.of("hdfs", "viewfs", "abfs", "abfss");

  private ExclusiveFile() {}

  /**
   * Creates a file.
   *
   * @return false if there is a file of other content already
   * @throws TransientException if nobody can say whether it was created; nothing was deleted
   */
  static boolean create(Path file, byte[] content, Path temporary, Configuration conf) {
    try {
      if (LocalFiles.isLocal(file)) {
        return LocalExclusiveFile.create(
            LocalFiles.path(file), content, LocalFiles.path(temporary), Files::createLink);
      }
      return renamesAtomically(file)
          ? createByRename(file, content, temporary, conf)
          : createByStore(file, content, conf);
    } catch (IOException e) {
      return outcomeOf(file, content, conf, e);
    }
  }

  static boolean renamesAtomically(Path file) {
    return ATOMIC_RENAME.contains(file.toUri().getScheme());
  }

  private static boolean createByRename(
      Path file, byte[] content, Path temporary, Configuration conf) throws IOException {
    FileSystem fs = file.getFileSystem(conf);
    try (FSDataOutputStream out = fs.create(temporary, true)) {
      out.write(content);
      out.hsync();
    }
    try {
      FileContext.getFileContext(file.toUri(), conf).rename(temporary, file, Options.Rename.NONE);
      return true;
    } catch (FileAlreadyExistsException e) {
      fs.delete(temporary, false);
      return Arrays.equals(SmallFiles.read(fs, file), content);
    }
  }

  private static boolean createByStore(Path file, byte[] content, Configuration conf)
      throws IOException {
    FileSystem fs = file.getFileSystem(conf);
    try {
      OutputStream out = fs.create(file, false);
      out.write(content);
      // Not where writing failed: what is closed becomes visible, and would be a part of the
      // content.
      out.close();
    } catch (FileAlreadyExistsException e) {
      return Arrays.equals(SmallFiles.read(fs, file), content);
    }
    // Stores that look for the file only when it is opened may let two writers through.
    return Arrays.equals(SmallFiles.read(fs, file), content);
  }

  /** The store reported an error: what is there now decides, if it can be read at all. */
  private static boolean outcomeOf(
      Path file, byte[] content, Configuration conf, IOException error) {
    try {
      FileSystem fs = file.getFileSystem(conf);
      if (fs.exists(file)) {
        return Arrays.equals(SmallFiles.read(fs, file), content);
      }
    } catch (IOException e) {
      error.addSuppressed(e);
    }
    throw new TransientException(
        "Cannot tell whether "
            + Locations.display(file)
            + " was published, the file system said: "
            + Secrets.messageOf(error)
            + ". Nothing was deleted; run the same command again, it reads what is there.",
        error);
  }
}
