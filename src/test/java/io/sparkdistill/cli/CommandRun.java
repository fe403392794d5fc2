package io.sparkdistill.cli;

import io.sparkdistill.pipeline.run.StopRequest;
import io.sparkdistill.testing.Said;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine;

/**
 * What a command line did in this JVM, on {@code local[2]}; in half the time of a process of its
 * own.
 *
 * @param code its exit code
 * @param out what it printed for people
 * @param err what it complained about
 * @param said what it told while it worked
 */
public record CommandRun(int code, String out, String err, List<String> said) {
  public static CommandRun of(String... args) {
    return of(new StopRequest(), Said.nothing(), args);
  }

  /** One that is asked to stop when it says what begins like this. */
  static CommandRun stoppedAt(String beginning, String... args) {
    StopRequest stop = new StopRequest();
    Said said =
        Said.heardBy(
            line -> {
              if (line.startsWith(beginning)) {
                stop.request();
              }
            });
    return of(stop, said, args);
  }

  /** One of whom somebody hears at once what it says, and how far it is. */
  static CommandRun heardBy(Consumer<String> listener, String... args) {
    return of(new StopRequest(), Said.heardBy(listener), args);
  }

  private static CommandRun of(StopRequest stop, Said said, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine =
        Main.commandLine(stop).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    for (CommandLine command : commandLine.getSubcommands().values()) {
      if (command.getCommand() instanceof ConfiguredCommand configured) {
        configured.tell(said);
      }
    }
    int code = commandLine.execute(args);
    return new CommandRun(code, out.toString(), err.toString(), List.copyOf(said.lines()));
  }
}
