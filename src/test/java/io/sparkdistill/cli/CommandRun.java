package io.sparkdistill.cli;

import io.sparkdistill.pipeline.StopRequest;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/**
 * What a command line did in this JVM, on {@code local[2]}; in half the time of a process of its
 * own.
 *
 * @param code its exit code
 * @param out what it printed for people
 * @param err what it complained about
 */
public record CommandRun(int code, String out, String err) {
  public static CommandRun of(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine =
        Main.commandLine(new StopRequest())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err));
    int code = commandLine.execute(args);
    return new CommandRun(code, out.toString(), err.toString());
  }
}
