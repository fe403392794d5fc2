package io.sparkdistill.pipeline.students;

import io.sparkdistill.evaluation.Candidate;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.pipeline.run.Inputs;
import io.sparkdistill.pipeline.run.RunContext;
import io.sparkdistill.pipeline.run.StageOutcome;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.Manifest;
import io.sparkdistill.storage.PublishedFile;
import io.sparkdistill.storage.StageComparison;
import io.sparkdistill.storage.StageDirectory;
import io.sparkdistill.student.StudentScorer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.fs.Path;

/** The versions of a student that a stage publishes, whoever trains it. */
public final class StudentVersions {
  private static final String ZIP = "student.zip";
  private static final String ROUNDS = "rounds.csv";

  private final String name;
  private final StageDirectory directory;

  /** Of the folder of that name; reads nothing yet. */
  StudentVersions(RunContext context, String name) {
    this.name = name;
    this.directory = context.directory(name, ZIP, ROUNDS);
  }

  Optional<Manifest> current() {
    return directory.current();
  }

  /** The newest version, where it was made of just this. */
  Optional<Manifest> madeOf(Map<String, String> inputs) {
    return directory.madeOf(inputs);
  }

  /** Makes the next version, of a student and what was written about its rounds. */
  Manifest publish(
      byte[] zip,
      String rounds,
      Map<String, String> inputs,
      Map<String, String> facts,
      Optional<Manifest> current) {
    Path attempt = directory.newAttempt();
    List<PublishedFile> files =
        List.of(
            directory.write(attempt, ZIP, zip),
            directory.write(attempt, ROUNDS, rounds.getBytes(StandardCharsets.UTF_8)));
    return directory.publish(Manifest.unpublished(name, inputs, facts, files), current);
  }

  /** Keeps the newest version, whose zip is compared with its checksum. */
  StageOutcome kept(Manifest manifest) {
    zip(manifest);
    directory.refreshView(manifest);
    return upToDate(manifest);
  }

  StageOutcome upToDate(Manifest manifest) {
    return new StageOutcome(
        name,
        String.format(
            Locale.ROOT,
            "up to date (version %d, %,d parameters)",
            manifest.version(),
            manifest.number("parameters")));
  }

  /**
   * The newest version, if it is what a configuration trains.
   *
   * @param without what cannot be done where there is none, such as {@code evaluate without}
   * @param verb what cannot be done with another one, such as {@code evaluate}
   * @param inputs what it must have been made of; asked for only where there is one
   */
  Manifest published(String without, String verb, Supplier<Map<String, String>> inputs) {
    Manifest manifest =
        current()
            .orElseThrow(
                () ->
                    new BadInputException(
                        "Cannot "
                            + without
                            + " a "
                            + name
                            + ", none is published in "
                            + Locations.display(directory.root())
                            + ". Run train first, or run for everything."));
    Inputs.difference(manifest.inputs(), inputs.get())
        .ifPresent(
            difference -> {
              throw new IntegrityException(
                  "Cannot "
                      + verb
                      + " the "
                      + name
                      + " in "
                      + Locations.display(directory.root())
                      + ", it belongs to another configuration: "
                      + difference
                      + ". Run train, or give the configuration that it was trained with.");
            });
    return manifest;
  }

  /** Compares what is published with its checksums, and opens it. */
  Optional<StageOutcome> verify() {
    Optional<Manifest> newest = StageComparison.newest(directory);
    newest.ifPresent(this::scorer);
    return newest.map(manifest -> StageOutcome.compared(name, manifest));
  }

  Candidate candidate(Manifest manifest) {
    return new Candidate(name, Locations.display(zipPlace()), zip(manifest));
  }

  StudentScorer scorer(Manifest manifest) {
    return StudentScorer.open(zip(manifest), Locations.display(zipPlace()));
  }

  byte[] zip(Manifest manifest) {
    return directory.read(manifest.file(ZIP));
  }

  /** What was written about the rounds of a version. */
  String rounds(Manifest manifest) {
    return new String(directory.read(manifest.file(ROUNDS)), StandardCharsets.UTF_8);
  }

  /** Where the newest one is, for people. */
  Path zipPlace() {
    return new Path(directory.root(), ZIP);
  }

  /**
   * The digest of a published zip.
   *
   * @param manifest of a student
   * @return SHA-256, in hexadecimal digits
   */
  public static String zipSha256(Manifest manifest) {
    return manifest.file(ZIP).sha256();
  }
}
