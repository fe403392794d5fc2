package io.sparkdistill.it;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs {@code jobs/distill} in a process of its own, as a user does who is in another folder. */
final class Launcher {
  static final Path ROOT = Path.of(System.getProperty("distill.root"));
  static final Path SCRIPT = ROOT.resolve("jobs/distill");

  /** For processes that end before it pays to compile well, by themselves or by -9. */
  static final Map<String, String> BRIEF =
      Map.of("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");

  private Launcher() {}

  /**
   * What a finished process left.
   *
   * @param code its exit code
   * @param text standard output and error together
   */
  record Finished(int code, String text) {}

  static Process start(Map<String, String> environment, File log, String... args) {
    return start(SCRIPT, environment, log, args);
  }

  private static Process start(
      Path script, Map<String, String> environment, File log, String... args) {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(log.getParentFile())
            .redirectErrorStream(true)
            .redirectOutput(log);
    builder.environment().remove("SPARK_HOME");
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static Finished run(File log, String... args) {
    return run(Map.of(), log, args);
  }

  static Finished run(Map<String, String> environment, File log, String... args) {
    return run(SCRIPT, environment, log, args);
  }

  /** The same of a script that stands for it. */
  static Finished run(Path script, Map<String, String> environment, File log, String... args) {
    try {
      int code = start(script, environment, log, args).waitFor();
      // A process may write another encoding.
      byte[] text = java.nio.file.Files.readAllBytes(log.toPath());
      return new Finished(code, new String(text, StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
