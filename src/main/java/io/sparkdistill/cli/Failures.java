package io.sparkdistill.cli;

import io.sparkdistill.config.Secrets;
import io.sparkdistill.examples.Damages;
import io.sparkdistill.examples.Outages;
import io.sparkdistill.failure.Causes;
import io.sparkdistill.failure.DistillException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says what went wrong in one message, and turns it into an exit code. */
final class Failures implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(
      Exception thrown, CommandLine commandLine, ParseResult parsed) {
    DistillException failure = known(thrown).orElse(null);
    String message =
        failure != null
            ? failure.getMessage()
            : "Internal error: "
                + Secrets.mask(thrown.toString())
                + ". Run with --verbose for the stack trace, and report it.";
    commandLine.getErr().println("error: " + message);
    if (commandLine.getParseResult().hasMatchedOption("--verbose")) {
      thrown.printStackTrace(commandLine.getErr());
    }
    commandLine.getErr().flush();
    return failure == null ? ExitCodes.INTERNAL : ExitCodes.of(failure);
  }

  /** Ours, or what is known to come from the environment. */
  static Optional<DistillException> known(Throwable thrown) {
    return Causes.first(thrown, DistillException.class)
        .or(() -> Outages.behind(thrown))
        .or(() -> Damages.behind(thrown));
  }
}
