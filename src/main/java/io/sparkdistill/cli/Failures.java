package io.sparkdistill.cli;

import io.sparkdistill.config.Secrets;
import io.sparkdistill.failure.Causes;
import io.sparkdistill.failure.DistillException;
import io.sparkdistill.failure.TransientException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.SparkException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says what went wrong in one message, and turns it into an exit code. */
final class Failures implements IExecutionExceptionHandler {
  private static final Pattern FULL =
      Pattern.compile("No space left on device|Disk quota exceeded");
  private static final Pattern LOST =
      Pattern.compile(
          "ExecutorLostFailure|SparkContext was shut down|Master removed our application");

  @Override
  public int handleExecutionException(
      Exception thrown, CommandLine commandLine, ParseResult parsed) {
    boolean verbose =
        commandLine.getCommand() instanceof ConfiguredCommand command && command.isVerbose();
    DistillException failure = known(thrown).orElse(null);
    String message =
        failure != null
            ? failure.getMessage()
            : "Internal error: "
                + Secrets.mask(thrown.toString())
                + ". Run with --verbose for the stack trace, and report it.";
    commandLine.getErr().println("error: " + message);
    if (verbose) {
      thrown.printStackTrace(commandLine.getErr());
    }
    commandLine.getErr().flush();
    return failure == null ? ExitCodes.INTERNAL : ExitCodes.of(failure);
  }

  /** Ours, or what is known to come from the environment. */
  static Optional<DistillException> known(Throwable thrown) {
    return Causes.first(thrown, DistillException.class)
        .or(() -> Causes.of(thrown).flatMap(cause -> environment(cause).stream()).findFirst());
  }

  private static Optional<TransientException> environment(Throwable cause) {
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
