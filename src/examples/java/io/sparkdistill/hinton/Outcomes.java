package io.sparkdistill.hinton;

import io.sparkdistill.storage.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that is known, of this sitting and of earlier ones: the newest outcome of each variant and
 * seed.
 *
 * @param schemaVersion 1
 * @param outcomes by variant and seed
 */
record Outcomes(int schemaVersion, List<Outcome> outcomes) {
  private static final int SCHEMA_VERSION = 1;
  private static final Comparator<Outcome> ORDER =
      Comparator.comparing(Outcome::variant).thenComparingLong(Outcome::seed);

  /** Sorts. */
  Outcomes {
    outcomes = outcomes.stream().sorted(ORDER).toList();
  }

  /** Reads a file; there is nothing known where there is none. */
  static Outcomes read(Path json) throws IOException {
    return Files.exists(json)
        ? StrictJson.read(
            Files.readAllBytes(json), Outcomes.class, SCHEMA_VERSION, "outcomes " + json)
        : new Outcomes(SCHEMA_VERSION, List.of());
  }

  /** With one more, which takes the place of an earlier one of its variant and seed. */
  Outcomes with(Outcome outcome) {
    List<Outcome> all = new ArrayList<>(outcomes);
    Optional<Outcome> before =
        all.stream().filter(each -> ORDER.compare(each, outcome) == 0).findFirst();
    before.ifPresent(all::remove);
    all.add(before.map(outcome::timedAs).orElse(outcome));
    return new Outcomes(schemaVersion, all);
  }

  /** Those that were configured so, given by variant. */
  List<Outcome> of(Map<String, String> configurations) {
    return outcomes.stream()
        .filter(each -> each.configuration().equals(configurations.get(each.variant())))
        .toList();
  }

  /** Replaces a file as a whole. */
  void write(Path json) throws IOException {
    replace(json, StrictJson.write(this));
  }

  static void replace(Path file, byte[] content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path written = Files.write(folder.resolve(file.getFileName() + ".part"), content);
    Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
