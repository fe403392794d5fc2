package io.sparkdistill.storage;

import io.sparkdistill.failure.DistillException;
import io.sparkdistill.failure.InvalidConfigurationException;
import io.sparkdistill.failure.Secrets;
import io.sparkdistill.failure.TransientException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.Path;

/** Why an output could not be taken, typed by what can be done next. Stateless. */
final class Unwritable {
  /** What has no type of its own in Java and would be the same another time. */
  private static final List<String> LASTING = List.of("File name too long", "Not a directory");

  /** What lasts, too, because nobody may write there, or not this user. */
  private static final List<String> FORBIDDEN =
      List.of("Read-only file system", "Operation not permitted");

  private Unwritable() {}

  /**
   * The failure to throw.
   *
   * @param output a qualified path
   * @param e what the file system threw
   * @return an {@link InvalidConfigurationException} where it would be the same another time: no
   *     permission, or a file where a folder must be; else a {@link TransientException}
   */
  static DistillException because(Path output, IOException e) {
    String why = Secrets.messageOf(e);
    return isRefused(e)
        ? new InvalidConfigurationException(
            "Cannot write to output "
                + Locations.display(output)
                + ", the file system refused: "
                + why
                + ". Give a place that this user may write to.",
            e)
        : new TransientException(
            "Cannot take output "
                + Locations.display(output)
                + ", the file system failed: "
                + why
                + ". Nothing was published; try again.",
            e);
  }

  /** Whether this user has no right to write there, be it for a mount that is read-only. */
  static boolean isForbidden(IOException e) {
    return Unreadable.isRefused(e)
        || (e instanceof FileSystemException local
            && FORBIDDEN.contains(String.valueOf(local.getReason())))
        || (e instanceof FileNotFoundException
            && FORBIDDEN.stream()
                .anyMatch(why -> String.valueOf(e.getMessage()).endsWith("(" + why + ")")));
  }

  private static boolean isRefused(IOException e) {
    return isForbidden(e)
        || e instanceof ParentNotDirectoryException
        || e instanceof FileAlreadyExistsException
        || e instanceof FileNotFoundException
        || (e instanceof FileSystemException local && isRefused(local));
  }

  /** Java has a full disk, a quota and a disk that breaks in the same class as what lasts. */
  private static boolean isRefused(FileSystemException e) {
    return e instanceof java.nio.file.FileAlreadyExistsException
        || e instanceof FileSystemLoopException
        || e instanceof NoSuchFileException
        || e instanceof NotDirectoryException
        || LASTING.contains(String.valueOf(e.getReason()));
  }
}
