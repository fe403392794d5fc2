package io.sparkdistill.diagnosis;

import io.sparkdistill.failure.Causes;
import io.sparkdistill.failure.Secrets;
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
    Optional<TransientException> full =
        said(
            cause,
            FULL,
            "a disk is full or a quota used up",
            "Make room there, or in the folders of spark.local.dir, and try again.");
    return full.or(() -> said(cause, BUSY, "a file system does not serve now", "Try again later."))
        .or(
            () ->
                cause instanceof SparkException
                    ? said(
                        cause,
                        LOST,
                        "Spark lost its executors",
                        "Look at their logs and their memory, and try again.")
                    : Optional.empty());
  }

  /**
   * By its words: Spark has no types for these, and of what cannot be sent from an executor only
   * the text arrives.
   */
  private static Optional<TransientException> said(
      Throwable cause, Pattern words, String what, String remedy) {
    return SaidLine.with(words, cause)
        .map(
            line ->
                new TransientException(
                    "Cannot go on, " + what + ": " + Secrets.mask(line) + ". " + remedy, cause));
  }
}
