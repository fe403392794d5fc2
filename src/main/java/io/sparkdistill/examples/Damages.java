package io.sparkdistill.examples;

import io.sparkdistill.config.Secrets;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.failure.Causes;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What of that which Spark throws lies with a file that a task has read. Stateless. */
public final class Damages {
  /** By its words: the readers of formats throw plain exceptions. */
  private static final Pattern DAMAGED =
      Pattern.compile(
          "is not a Parquet file|Parquet column cannot be converted in file|Malformed ORC file"
              + "|Encountered error while reading file|Can not read value at \\d+ in block"
              + "|could not verify page integrity");

  private Damages() {}

  /**
   * Looks for a file that is damaged, or whose columns have other types than those of other files.
   *
   * @param thrown the outermost exception
   * @return what to throw for it; empty if none of its causes is one of these
   */
  public static Optional<BadInputException> behind(Throwable thrown) {
    // The innermost one says it without what Spark has put before it.
    return Causes.of(thrown)
        .flatMap(cause -> line(cause).stream())
        .reduce((outer, inner) -> inner)
        .map(
            line ->
                new BadInputException(
                    "Cannot read the data, a file is damaged or of other types than the rest: "
                        + Secrets.mask(line)
                        + ". Replace it, or take it out.",
                    thrown));
  }

  private static Optional<String> line(Throwable cause) {
    Stream<String> lines = String.valueOf(cause.getMessage()).lines();
    return lines.filter(DAMAGED.asPredicate()).map(String::strip).findFirst();
  }
}
