package io.sparkdistill.cli;

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
    int code = commandLine().execute(args);
    // Ending a driver that succeeded by hand makes some cluster managers report a failure.
    if (code != ExitCodes.DONE) {
      System.exit(code);
    }
  }

  static CommandLine commandLine() {
    return new CommandLine(new DistillCommand())
        .setExecutionExceptionHandler(new Failures())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOverwrittenOptionsAllowed(false);
  }
}
