package io.sparkdistill.storage;

import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.failure.DistillException;
import io.sparkdistill.failure.Secrets;
import io.sparkdistill.failure.TransientException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;

/** Why what a user named could not be read, typed by what can be done next. Stateless. */
public final class Unreadable {
  private Unreadable() {}

  /**
   * The failure to throw.
   *
   * @param action what cannot be done, with the place: "open teacher hdfs://a/b.onnx"
   * @param remedy what to do where there is no such thing, a sentence: "Correct teachers.onnx."
   * @param e what the file system threw
   * @return a {@link BadInputException} where there is nothing, or nothing that this user may read,
   *     else a {@link TransientException}
   */
  public static DistillException because(String action, String remedy, IOException e) {
    String cause = Secrets.messageOf(e);
    if (isRefused(e)) {
      return new BadInputException(
          "Cannot "
              + action
              + ", this user may not read it: "
              + cause
              + ". Let it, or give another.",
          e);
    }
    if (e instanceof FileNotFoundException || e instanceof NoSuchFileException) {
      return new BadInputException(
          "Cannot " + action + ", there is no such file or folder. " + remedy, e);
    }
    return new TransientException("Cannot " + action + ": " + cause + ". Try again.", e);
  }

  /** The same of a folder in which something is kept. */
  static DistillException folder(Path folder, IOException e) {
    return isRefused(e)
        ? because("read " + Locations.display(folder), "Correct the place.", e)
        : failed(folder, e);
  }

  /**
   * The failure to throw where something is done in a folder, which is not the fault of who asked
   * for it.
   *
   * @param folder in which it was to be done
   * @param e what the file system threw
   * @return which says to try again
   */
  public static TransientException failed(Path folder, IOException e) {
    return new TransientException(
        "Cannot work in "
            + Locations.display(folder)
            + ", the file system failed: "
            + Secrets.messageOf(e)
            + ". Try again.",
        e);
  }

  /** Java's streams say "not found" of local files that they may not open, and why in brackets. */
  static boolean isRefused(IOException e) {
    return e instanceof AccessControlException
        || e instanceof AccessDeniedException
        || (e instanceof FileNotFoundException
            && String.valueOf(e.getMessage()).endsWith("(Permission denied)"));
  }
}
