package io.sparkdistill.cli;

import io.sparkdistill.diagnosis.Ceilings;
import io.sparkdistill.diagnosis.Damages;
import io.sparkdistill.diagnosis.Outages;
import io.sparkdistill.failure.Causes;
import io.sparkdistill.failure.DistillException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Says what went wrong in one message, and turns it into an exit code. */
final class Failures implements IExecutionExceptionHandler {
  /** Runs what was parsed; hands on errors as well, which picocli lets through. */
  static int run(ParseResult parsed) {
    try {
      return new RunLast().execute(parsed);
    } catch (Error e) {
      List<CommandLine> commands = parsed.asCommandLineList();
      throw new ExecutionException(commands.get(commands.size() - 1), e.toString(), e);
    }
  }

  @Override
  public int handleExecutionException(
      Exception thrown, CommandLine commandLine, ParseResult parsed) {
    Throwable cause = thrown instanceof ExecutionException ? thrown.getCause() : thrown;
    Optional<DistillException> failure = known(cause);
    commandLine
        .getErr()
        .println(
            "error: "
                + failure.map(Throwable::getMessage).orElseGet(() -> Unforeseen.message(cause)));
    if (commandLine.getParseResult().hasMatchedOption("--verbose")) {
      commandLine.getErr().print(Unforeseen.trace(cause));
    }
    commandLine.getErr().flush();
    return failure.map(ExitCodes::of).orElse(ExitCodes.INTERNAL);
  }

  /** Ours, or what is known to come from the environment or from Spark's settings. */
  static Optional<DistillException> known(Throwable thrown) {
    return Causes.first(thrown, DistillException.class)
        .or(() -> Ceilings.behind(thrown))
        .or(() -> Outages.behind(thrown))
        .or(() -> Damages.behind(thrown));
  }
}
