package io.sparkdistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.testing.TinyDigits;
import io.sparkdistill.testing.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.SparkSession;

/**
 * An output that was labelled five times, each time with other partitions, and whose sixth
 * labelling was killed before it published. It is made once, and copied for each test.
 */
final class PrunableOutput {
  private final Workspace workspace;
  private final Path output;

  private PrunableOutput(Workspace workspace, Path output) {
    this.workspace = workspace;
    this.output = output;
  }

  static PrunableOutput create(Path folder) throws IOException {
    Workspace workspace = Workspace.create(folder);
    Path train = folder.resolve("data/train");
    FileUtils.deleteDirectory(train.toFile());
    write(train, 0, 0);
    write(train, 1, 1);
    write(train, 2, 2);
    PrunableOutput made = new PrunableOutput(workspace, workspace.output());
    made.done("label");
    write(train, 1, 11);
    made.done("label");
    write(train, 3, 3);
    made.done("label");
    FileUtils.deleteDirectory(train.resolve("part=0").toFile());
    made.done("label");
    write(train, 2, 22);
    made.done("label");
    write(train, 4, 4);
    made.done("label");
    Files.delete(made.cache().resolve("versions/6.json"));
    Files.copy(
        made.cache().resolve("versions/5.json"),
        made.cache().resolve("manifest.json"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    return made;
  }

  private static void write(Path train, int partition, long seed) {
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      TinyDigits.write(
          spark,
          TinyDigits.rows("p" + partition, 20, seed),
          TinyDigits.schema(),
          train.resolve("part=" + partition),
          1);
    }
  }

  PrunableOutput copy(Path folder) throws IOException {
    Path copied = folder.resolve("out");
    FileUtils.copyDirectory(output.toFile(), copied.toFile());
    return new PrunableOutput(workspace, copied);
  }

  Path output() {
    return output;
  }

  Path cache() {
    return output.resolve("soft-targets");
  }

  String conf() {
    return workspace.conf();
  }

  CommandRun run(String command, String... more) {
    List<String> args =
        new ArrayList<>(List.of(command, workspace.conf(), "--set", "output=" + output));
    args.addAll(List.of(more));
    return CommandRun.of(args.toArray(new String[0]));
  }

  CommandRun done(String command, String... more) {
    CommandRun run = run(command, more);
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    return run;
  }

  /** Everything in the cache that is there to stay: no checksums of Hadoop, no clocks. */
  Set<String> names() throws IOException {
    try (Stream<Path> files = Files.walk(cache())) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .map(file -> cache().relativize(file).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  Set<String> names(String folder) throws IOException {
    return names().stream()
        .filter(name -> name.startsWith(folder + "/"))
        .map(name -> name.substring(folder.length() + 1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
