package io.sparkdistill.cli;

import io.sparkdistill.pipeline.StopRequest;
import picocli.CommandLine;

/** What spark-submit starts. */
public final class Main {
  private Main() {}

  /**
   * Runs one command.
   *
   * @param args the command, its configuration, its options
   */
  public static void main(String[] args) {
    StopRequest stop = new StopRequest();
    Termination termination = Termination.of(stop);
    int code = commandLine(stop).execute(args);
    termination.ended(code);
    // Ending a driver that succeeded by hand makes some cluster managers report a failure.
    if (code != ExitCodes.DONE) {
      System.exit(code);
    }
  }

  static CommandLine commandLine(StopRequest stop) {
    CommandLine commandLine =
        new CommandLine(new DistillCommand())
            .setExecutionExceptionHandler(new Failures())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOverwrittenOptionsAllowed(false);
    for (CommandLine command : commandLine.getSubcommands().values()) {
      if (command.getCommand() instanceof Stoppable stoppable) {
        stoppable.heed(stop);
      }
    }
    return commandLine;
  }
}
