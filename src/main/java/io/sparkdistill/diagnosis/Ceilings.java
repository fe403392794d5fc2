package io.sparkdistill.diagnosis;

import io.sparkdistill.failure.Causes;
import io.sparkdistill.failure.InvalidConfigurationException;
import io.sparkdistill.failure.Secrets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Spark refuses because one of its settings allows no more. Stateless. */
public final class Ceilings {
  /** By its words: Spark has no types for these. */
  private static final Pattern REACHED =
      Pattern.compile(
          ".*(?:is bigger than|exceeds max allowed:)"
              + " (spark\\.driver\\.maxResultSize|spark\\.rpc\\.message\\.maxSize).*");

  private Ceilings() {}

  /**
   * Looks for results or tasks that were larger than a setting allows.
   *
   * @param thrown the outermost exception
   * @return what to throw for it; empty if none of its causes is one of these
   */
  public static Optional<InvalidConfigurationException> behind(Throwable thrown) {
    return Causes.of(thrown).flatMap(cause -> of(cause).stream()).findFirst();
  }

  private static Optional<InvalidConfigurationException> of(Throwable cause) {
    return String.valueOf(cause.getMessage())
        .lines()
        .map(REACHED::matcher)
        .filter(Matcher::matches)
        .findFirst()
        .map(
            line ->
                new InvalidConfigurationException(
                    "Cannot go on, Spark allows no more than "
                        + line.group(1)
                        + " says: "
                        + Secrets.mask(line.group().strip())
                        + ". Raise it as deploy/README.md says for a student of so many"
                        + " parameters, or choose a smaller student.",
                    cause));
  }
}
