package io.sparkdistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkdistill.testing.FaultyStore;
import io.sparkdistill.testing.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A local folder into which a workspace's training set is labelled, directly or through a store
 * with faults.
 *
 * @param workspace whose data is labelled
 * @param output where to
 * @param settings over the workspace's configuration
 */
record Labelled(Workspace workspace, Path output, List<String> settings) {
  /** Where the workspace's configuration says. */
  static Labelled in(Workspace workspace) {
    return new Labelled(workspace, workspace.output(), List.of());
  }

  /** The same into another folder. */
  Labelled to(Path other) {
    return new Labelled(workspace, other, settings);
  }

  /** The same with another setting. */
  Labelled with(String setting) {
    return new Labelled(
        workspace, output, Stream.concat(settings.stream(), Stream.of(setting)).toList());
  }

  /** Labels without faults, on {@code local[2]}. */
  CommandRun label() {
    return run("label", Map.of("spark.master", "local[2]"), output.toString());
  }

  /** Labels through a store; a task may fail so often. */
  CommandRun label(FaultyStore store, int maxFailures) {
    return label(store, "local[2," + maxFailures + "]");
  }

  /** Labels through a store, one file after the other; no task may fail. */
  CommandRun labelOneByOne(FaultyStore store) {
    return label(store, "local[1,1]");
  }

  private CommandRun label(FaultyStore store, String master) {
    Map<String, String> properties = new TreeMap<>();
    properties.put("spark.master", master);
    store.settings().forEach((key, value) -> properties.put("spark.hadoop." + key, value));
    return run("label", properties, store.uri(output));
  }

  CommandRun verify() {
    return run("verify", Map.of(), output.toString());
  }

  /** Everything is there, every row once, as the other one has it. */
  void requireSameAs(Labelled other) {
    assertThat(verify().err()).isEmpty();
    for (String fact : List.of("rows", "contentSha256")) {
      assertThat(inspect().get(fact)).as(fact).isEqualTo(other.inspect().get(fact));
    }
  }

  /** It ended with a code, and says why without a stack trace. */
  static void requireRefused(CommandRun run, int code, String... why) {
    assertThat(run.err()).startsWith("error: Cannot ").contains(why).doesNotContain("\tat ");
    assertThat(run.code()).isEqualTo(code);
  }

  JsonNode inspect() {
    CommandRun run = CommandRun.of("inspect", output + "/soft-targets", "--json");
    assertThat(run.err()).isEmpty();
    try {
      return new ObjectMapper().readTree(run.out());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Below the stage's folder. */
  Path file(String name) {
    return output.resolve("soft-targets").resolve(name);
  }

  /** Committed shards. */
  List<Path> shards() {
    return files("shards", ".*\\.json");
  }

  /** Files of scored rows, listed or not. */
  List<Path> parts() {
    return files("files", "part-.*\\.parquet");
  }

  private List<Path> files(String folder, String name) {
    if (!Files.exists(file(folder))) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(file(folder))) {
      return files.filter(file -> file.getFileName().toString().matches(name)).sorted().toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private CommandRun run(String command, Map<String, String> properties, String place) {
    List<String> args = new ArrayList<>(List.of(command, workspace.conf()));
    args.addAll(List.of("--set", "output=\"" + place + "\""));
    for (String setting : settings) {
      args.addAll(List.of("--set", setting));
    }
    Map<String, String> before = new TreeMap<>();
    properties.forEach(
        (key, value) -> {
          before.put(key, System.getProperty(key, ""));
          System.setProperty(key, value);
        });
    try {
      return CommandRun.of(args.toArray(new String[0]));
    } finally {
      before.forEach(
          (key, value) -> {
            if (value.isEmpty()) {
              System.clearProperty(key);
            } else {
              System.setProperty(key, value);
            }
          });
    }
  }
}
