package io.sparkdistill.cli;

import picocli.CommandLine.Option;

/** What every command has; {@link Failures} and picocli look at them. */
@SuppressWarnings("UnusedVariable")
final class CommonOptions {
  @Option(names = "--verbose", description = "Shows the stack trace of a failure.")
  private boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;
}
