package io.sparkdistill.pipeline.publishing;

import io.sparkdistill.pipeline.run.RunContext;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.Manifest;
import io.sparkdistill.storage.PublishedFile;
import io.sparkdistill.storage.StageDirectory;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Finds files that stages have published, and notes which they are. Not thread-safe. */
final class ReportFiles {
  static final String SHA256 = ".sha256";
  static final String NONE = "none";

  private final RunContext context;
  private final Map<String, String> inputs = new TreeMap<>();

  ReportFiles(RunContext context) {
    this.context = context;
  }

  /**
   * A file of a stage.
   *
   * @param directory of the stage
   * @param file as its manifest lists it
   */
  record Source(StageDirectory directory, PublishedFile file) {
    /** All of it, after a look at its checksum. */
    byte[] content() {
      return directory.read(file);
    }

    String place() {
      return Locations.display(directory.path(file));
    }
  }

  Optional<Manifest> newest(String stage) {
    return context.directory(stage).current();
  }

  /** A file of the newest version of a stage. */
  Optional<Source> find(String input, String stage, String name) {
    return find(input, stage, name, manifest -> true);
  }

  /** A file of the newest version of a stage, if that version belongs to what is reported. */
  Optional<Source> find(String input, String stage, String name, Predicate<Manifest> belongs) {
    Optional<Source> found =
        newest(stage)
            .filter(belongs)
            .flatMap(
                manifest ->
                    manifest.files().stream().filter(file -> file.name().equals(name)).findFirst())
            .map(file -> new Source(context.directory(stage), file));
    note(input + SHA256, found.map(source -> source.file().sha256()).orElse(NONE));
    return found;
  }

  /** Something else that decides a report. */
  void note(String input, String value) {
    inputs.put(input, value);
  }

  /** All that was noted. */
  Map<String, String> inputs() {
    return new TreeMap<>(inputs);
  }
}
