package io.sparkdistill.hinton;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Begins an output with stages that another one has published. */
final class SharedStages {
  private static final String MANIFEST = "manifest.json";

  private SharedStages() {}

  /**
   * Copies, unless it was done before. An output that began with something else is removed.
   *
   * @param from an output
   * @param to another one, perhaps not there yet
   * @param stages folders in the former
   * @return whether the output begins anew
   */
  static boolean copy(Path from, Path to, List<String> stages) throws IOException {
    // No run changes the first one; another teacher has said other things.
    if (Files.exists(to) && same(from.resolve(stages.get(0)), to.resolve(stages.get(0)))) {
      return false;
    }
    delete(to);
    Path part = to.resolveSibling(to.getFileName() + ".part");
    delete(part);
    for (String stage : stages) {
      copy(from.resolve(stage), part.resolve(stage));
    }
    Files.move(part, to);
    return true;
  }

  private static boolean same(Path one, Path other) throws IOException {
    Path there = other.resolve(MANIFEST);
    return Files.exists(there)
        && Arrays.equals(Files.readAllBytes(one.resolve(MANIFEST)), Files.readAllBytes(there));
  }

  private static void copy(Path from, Path to) throws IOException {
    for (Path path : walked(from)) {
      Path copy = to.resolve(from.relativize(path).toString());
      if (Files.isDirectory(path)) {
        Files.createDirectories(copy);
      } else {
        Files.copy(path, copy);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      for (Path path : walked(folder).stream().sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static List<Path> walked(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.toList();
    }
  }
}
