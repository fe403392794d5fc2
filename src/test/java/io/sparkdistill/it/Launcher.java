package io.sparkdistill.it;

import io.sparkdistill.testing.FaultyStore;
import io.sparkdistill.testing.Workspace;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs {@code jobs/distill} in a process of its own, as a user does who is in another folder. */
final class Launcher {
  static final Path ROOT = Path.of(System.getProperty("distill.root"));
  static final Path SCRIPT = ROOT.resolve("jobs/distill");

  /** Where the store's classes are. */
  static final String CLASSES = ROOT.resolve("target/test-classes").toString();

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

  /** A command whose output lies in a store that fails, with what Spark needs to find it. */
  static String[] arguments(
      String command, Workspace workspace, FaultyStore store, Path output, String... options) {
    List<String> args = new ArrayList<>(List.of(command, workspace.conf(), "--set"));
    args.addAll(List.of("output=\"" + store.uri(output) + "\"", "--"));
    args.addAll(List.of(options));
    args.addAll(List.of("--driver-class-path", CLASSES));
    store
        .settings()
        .forEach(
            (key, value) -> args.addAll(List.of("--conf", "spark.hadoop." + key + "=" + value)));
    return args.toArray(new String[0]);
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
      Process process = start(script, environment, log, args);
      try {
        boolean ended = process.waitFor(15, TimeUnit.MINUTES);
        // A process may write another encoding.
        byte[] bytes = java.nio.file.Files.readAllBytes(log.toPath());
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (!ended) {
          throw new IllegalStateException("It goes on and on: " + text);
        }
        return new Finished(process.exitValue(), text);
      } finally {
        end(process);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Without warning, with all that it started. */
  static void end(Process process) {
    try (Stream<ProcessHandle> children = process.descendants()) {
      children.forEach(ProcessHandle::destroyForcibly);
    }
    process.destroyForcibly();
  }
}
