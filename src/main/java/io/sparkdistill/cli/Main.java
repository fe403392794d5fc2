package io.sparkdistill.cli;

import io.sparkdistill.pipeline.run.StopRequest;
import java.util.List;
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
    int code = run(args);
    // Ending a driver that succeeded by hand makes some cluster managers report a failure.
    if (code != ExitCodes.DONE) {
      System.exit(code);
    }
  }

  private static int run(String... args) {
    try {
      StopRequest stop = new StopRequest();
      Termination termination = Termination.of(stop);
      int code = commandLine(stop).execute(args);
      termination.ended(code);
      return code;
    } catch (LinkageError e) {
      // Without Spark, or with another one, the commands themselves may not be loaded.
      System.err.println("error: " + Unforeseen.message(e));
      if (List.of(args).contains("--verbose")) {
        System.err.print(Unforeseen.trace(e));
      }
      return ExitCodes.INTERNAL;
    }
  }

  static CommandLine commandLine(StopRequest stop) {
    CommandLine commandLine =
        new CommandLine(new DistillCommand())
            .setExecutionStrategy(Failures::run)
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
