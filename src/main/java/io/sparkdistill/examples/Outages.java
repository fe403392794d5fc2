package io.sparkdistill.examples;

import io.sparkdistill.config.Secrets;
import io.sparkdistill.failure.Causes;
import io.sparkdistill.failure.TransientException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.SparkException;

/** What of that which Spark throws lies neither with the data nor with us. Stateless. */
public final class Outages {
  private static final Pattern FULL =
      Pattern.compile("No space left on device|Disk quota exceeded");
  private static final Pattern BUSY =
      Pattern.compile(
          "503 Slow Down|SlowDown|ServerBusy|Status Code: 503|is in safe mode|in state standby"
              + "|Could not obtain block");
  private static final Pattern LOST =
      Pattern.compile(
          "ExecutorLostFailure|SparkContext was shut down|Master removed our application");

  private Outages() {}

  /**
   * Looks for a service that cannot be reached or is busy, a full disk or executors that were lost.
   *
   * @param thrown the outermost exception
   * @return what to throw for it; empty if none of its causes is one of these
   */
  public static Optional<TransientException> behind(Throwable thrown) {
    return Causes.of(thrown).flatMap(cause -> of(cause).stream()).findFirst();
  }

  private static Optional<TransientException> of(Throwable cause) {
    if (cause instanceof SocketException
        || cause instanceof SocketTimeoutException
        || cause instanceof UnknownHostException) {
      return Optional.of(
          new TransientException(
              "Cannot reach a service: " + Secrets.mask(cause.toString()) + ". Try again.", cause));
    }
    // By their words: Spark has no types for these, and of what cannot be sent from an executor
    // only
    // the text arrives.
    String text = String.valueOf(cause.getMessage());
    if (FULL.matcher(text).find()) {
      return Optional.of(
          new TransientException(
              "Cannot go on, a disk is full or a quota used up: "
                  + line(text, FULL)
                  + ". Make room there, or in the folders of spark.local.dir, and try again.",
              cause));
    }
    if (BUSY.matcher(text).find()) {
      return Optional.of(
          new TransientException(
              "Cannot go on, a file system does not serve now: "
                  + line(text, BUSY)
                  + ". Try again later.",
              cause));
    }
    if (cause instanceof SparkException && LOST.matcher(text).find()) {
      return Optional.of(
          new TransientException(
              "Cannot go on, Spark lost its executors: "
                  + line(text, LOST)
                  + ". Look at their logs and their memory, and try again.",
              cause));
    }
    return Optional.empty();
  }

  private static String line(String text, Pattern pattern) {
    return Secrets.mask(
        text.lines().filter(pattern.asPredicate()).findFirst().orElse(text).strip());
  }
}
