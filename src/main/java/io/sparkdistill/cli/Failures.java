package io.sparkdistill.cli;

import io.sparkdistill.config.Secrets;
import io.sparkdistill.failure.DistillException;
import io.sparkdistill.failure.TransientException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says what went wrong in one message, and turns it into an exit code. */
final class Failures implements IExecutionExceptionHandler {
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

  /** Spark wraps what tasks throw, sometimes twice. */
  static Optional<DistillException> known(Throwable thrown) {
    Optional<DistillException> ours =
        causes(thrown)
            .filter(DistillException.class::isInstance)
            .map(DistillException.class::cast)
            .findFirst();
    return ours.or(
        () ->
            causes(thrown)
                .filter(Failures::comesAndGoes)
                .findFirst()
                .map(
                    cause ->
                        new TransientException(
                            "Cannot reach a service: "
                                + Secrets.mask(cause.toString())
                                + ". Try again.",
                            thrown)));
  }

  private static boolean comesAndGoes(Throwable cause) {
    return cause instanceof ConnectException
        || cause instanceof SocketTimeoutException
        || cause instanceof UnknownHostException;
  }

  private static Stream<Throwable> causes(Throwable thrown) {
    return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause).limit(20);
  }
}
