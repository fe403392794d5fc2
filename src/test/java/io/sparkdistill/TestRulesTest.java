package io.sparkdistill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds of all tests. */
class TestRulesTest {
  private static final Path SOURCES =
      Path.of(System.getProperty("distill.root"), "src/test/java/io/sparkdistill");

  /** Otherwise a build may fail today and not tomorrow. */
  @Test
  void propertiesTryTheSameEachTime() throws IOException {
    List<String> properties = new ArrayList<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        Files.readAllLines(file).stream()
            .filter(line -> line.strip().startsWith("@Property"))
            .forEach(line -> properties.add(file.getFileName() + ": " + line.strip()));
      }
    }
    assertThat(properties).isNotEmpty().allMatch(line -> line.contains("@Property(seed = \""));
  }
}
