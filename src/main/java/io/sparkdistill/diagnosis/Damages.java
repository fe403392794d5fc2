package io.sparkdistill.diagnosis;

import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.failure.Causes;
import io.sparkdistill.failure.DistillException;
import io.sparkdistill.failure.Secrets;
import io.sparkdistill.failure.TransientException;
import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/** What of that which Spark throws lies with a file that a task has read. Stateless. */
public final class Damages {
  /** By its words: the readers of formats throw plain exceptions. */
  private static final Pattern DAMAGED =
      Pattern.compile(
          "is not a Parquet file|Parquet column cannot be converted in file|Malformed ORC file"
              + "|Can not read value at \\d+ in block|could not verify page integrity");

  /** What Spark says of a file, whatever its reader has thrown. */
  private static final Pattern FAILED = Pattern.compile("Encountered error while reading file");

  /** What readers and codecs say of bytes that are not as they were written. */
  private static final Pattern BROKEN =
      Pattern.compile(
          "corrupt|failed_to_uncompress|can not read class|checksum|invalid|malformed|truncated",
          Pattern.CASE_INSENSITIVE);

  private Damages() {}

  /**
   * Looks for a file that is damaged, whose columns have other types than those of other files, or
   * whose file system failed.
   *
   * @param thrown the outermost exception
   * @return what to throw for it; empty if none of its causes is one of these
   */
  public static Optional<DistillException> behind(Throwable thrown) {
    Optional<DistillException> damaged = line(thrown, DAMAGED).map(line -> damaged(line, thrown));
    return damaged.or(() -> line(thrown, FAILED).map(line -> failed(line, thrown)));
  }

  private static DistillException failed(String line, Throwable thrown) {
    // Not every reading that fails is the fault of what is read.
    return Causes.of(thrown)
        .filter(IOException.class::isInstance)
        .filter(cause -> !isBroken(cause))
        .reduce((outer, inner) -> inner)
        .map(cause -> unread(line, cause, thrown))
        .orElseGet(() -> damaged(line, thrown));
  }

  private static boolean isBroken(Throwable cause) {
    return cause instanceof EOFException
        || BROKEN.matcher(String.valueOf(cause.getMessage())).find();
  }

  private static DistillException damaged(String line, Throwable thrown) {
    return new BadInputException(
        "Cannot read the data, a file is damaged or of other types than the rest: "
            + Secrets.mask(line)
            + ". Replace it, or take it out.",
        thrown);
  }

  private static DistillException unread(String line, Throwable cause, Throwable thrown) {
    return new TransientException(
        "Cannot read the data, the file system failed: "
            + Secrets.mask(line)
            + ": "
            + Secrets.messageOf(cause)
            + ". Try again; look at the file if it happens twice.",
        thrown);
  }

  /** The innermost one says it without what Spark has put before it. */
  private static Optional<String> line(Throwable thrown, Pattern words) {
    return Causes.of(thrown)
        .flatMap(cause -> SaidLine.with(words, cause).stream())
        .reduce((outer, inner) -> inner);
  }
}
