package io.sparkdistill.testing;

import java.util.List;

/**
 * Something that goes wrong in a {@link FaultyStore}.
 *
 * @param moment when
 * @param path a regular expression that is found in the path of the file
 * @param times how often, in all JVMs together
 * @param effect what happens then
 * @param command of {@link Effect#SHELL}; {@code {pid}} stands for the process in which it happens
 */
public record Fault(Moment moment, String path, int times, Effect effect, String command) {
  private static final String SEPARATOR = "\t";

  /** A step of what a store does. Writers are told of a step after its second moment. */
  public enum Moment {
    /** Nothing of a new file is there yet. */
    CREATING,
    /** All of a new file is there. */
    CREATED,
    /** A file has its old name. */
    RENAMING,
    /** A file has its new name, which is the one that is looked at. */
    RENAMED,
    /** Something is read. */
    OPENING
  }

  /** What happens. */
  public enum Effect {
    /** Whoever asked is told that it failed. */
    THROW,
    /** The same, and then the store does not answer any more. */
    SILENCE,
    /** A rename does nothing, and says so without an exception. */
    FALSE,
    /** There is room for 64 bytes of the file. */
    FULL,
    /** A line of shell is run, and everything goes on when it has ended. */
    SHELL
  }

  /** Once. */
  public static Fault once(Moment moment, String path, Effect effect) {
    return new Fault(moment, path, 1, effect, "");
  }

  /** Whenever it can. */
  public static Fault always(Moment moment, String path, Effect effect) {
    return new Fault(moment, path, Integer.MAX_VALUE, effect, "");
  }

  /** Once, a line of shell. */
  public static Fault shell(Moment moment, String path, String command) {
    return new Fault(moment, path, 1, Effect.SHELL, command);
  }

  /** Once, everything waits until a condition of the shell's {@code test} is true. */
  public static Fault await(Moment moment, String path, String condition) {
    return shell(moment, path, "until [ " + condition + " ]; do sleep 0.05; done");
  }

  /** The process in which it happens ends at once, as if its machine had. */
  public static Fault kill(Moment moment, String path) {
    return shell(moment, path, "kill -9 {pid}");
  }

  String text() {
    return String.join(SEPARATOR, moment.name(), path, "" + times, effect.name(), command);
  }

  static Fault parse(String text) {
    List<String> parts = List.of(text.split(SEPARATOR, -1));
    return new Fault(
        Moment.valueOf(parts.get(0)),
        parts.get(1),
        Integer.parseInt(parts.get(2)),
        Effect.valueOf(parts.get(3)),
        parts.get(4));
  }
}
