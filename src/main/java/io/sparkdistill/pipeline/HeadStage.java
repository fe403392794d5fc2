package io.sparkdistill.pipeline;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.evaluation.Candidate;
import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.Manifest;
import io.sparkdistill.storage.PublishedFile;
import io.sparkdistill.storage.StageDirectory;
import io.sparkdistill.student.StudentScorer;
import io.sparkdistill.training.HeadRounds;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;

/**
 * One head of a student of several, as a student of its own: the layers that all heads share, and
 * this head's classes. All numbers are those of the whole.
 */
final class HeadStage implements StudentStage {
  private final RunContext context;
  private final WholeStage whole;
  private final HeadTask head;
  private final StageDirectory directory;

  /**
   * Reads nothing yet.
   *
   * @param whole that it is cut out of
   * @param head which one, with an output of its own
   */
  HeadStage(WholeStage whole, HeadTask head) {
    this.context = head.answers().context();
    this.whole = whole;
    this.head = head;
    this.directory = context.directory(whole.name(), TrainStage.ZIP, TrainStage.ROUNDS);
  }

  @Override
  public StageOutcome run() {
    Manifest from = whole.published();
    Map<String, String> inputs = inputs(from);
    Optional<Manifest> current = directory.current();
    if (current.filter(manifest -> manifest.inputs().equals(inputs)).isPresent()) {
      directory.read(current.get().file(TrainStage.ZIP));
      directory.refreshView(current.get());
      return upToDate(current.get());
    }
    byte[] zip = whole.cut(from, head);
    String rounds = HeadRounds.of(whole.rounds(from), head.name());
    Path attempt = directory.newAttempt();
    List<PublishedFile> files =
        List.of(
            directory.write(attempt, TrainStage.ZIP, zip),
            directory.write(attempt, TrainStage.ROUNDS, rounds.getBytes(StandardCharsets.UTF_8)));
    long parameters = StudentScorer.open(zip, Locations.display(zipPlace())).parameters();
    Manifest published =
        directory.publish(
            Manifest.unpublished(name(), inputs, facts(from, parameters), files), current);
    if (!name().equals(Metrics.BASELINE)) {
      context.removeExportedCopies();
    }
    return new StageOutcome(
        name(),
        String.format(
            Locale.ROOT,
            "cut version %d out of version %d of all heads: %,d parameters",
            published.version(),
            from.version(),
            parameters));
  }

  @Override
  public StageOutcome plan() {
    return isUpToDate()
        ? upToDate(directory.current().orElseThrow())
        : new StageOutcome(name(), "would be cut out of the student of all heads");
  }

  @Override
  public Manifest published() {
    Manifest manifest =
        directory
            .current()
            .orElseThrow(
                () ->
                    new BadInputException(
                        "Cannot evaluate without a "
                            + name()
                            + ", none is published in "
                            + Locations.display(directory.root())
                            + ". Run train first, or run for everything."));
    Inputs.difference(manifest.inputs(), inputs(whole.published()))
        .ifPresent(
            difference -> {
              throw new IntegrityException(
                  "Cannot evaluate the "
                      + name()
                      + " in "
                      + Locations.display(directory.root())
                      + ", it belongs to another configuration: "
                      + difference
                      + ". Run train, or give the configuration that it was trained with.");
            });
    return manifest;
  }

  @Override
  public boolean isUpToDate() {
    Optional<Manifest> current = directory.current();
    return current.isPresent()
        && whole.isUpToDate()
        && current.get().inputs().equals(inputs(whole.published()));
  }

  @Override
  public Optional<StageOutcome> verify() {
    return directory
        .current()
        .map(
            manifest -> {
              manifest.files().forEach(directory::read);
              StudentScorer.open(zip(manifest), Locations.display(zipPlace()));
              return new StageOutcome(
                  name(), "version " + manifest.version() + " is what was published");
            });
  }

  @Override
  public String name() {
    return whole.name();
  }

  @Override
  public Candidate candidate(Manifest manifest) {
    return new Candidate(name(), Locations.display(zipPlace()), zip(manifest));
  }

  @Override
  public byte[] zip(Manifest manifest) {
    return directory.read(manifest.file(TrainStage.ZIP));
  }

  @Override
  public Path zipPlace() {
    return new Path(directory.root(), TrainStage.ZIP);
  }

  /** Those of a student of its own, and what the other heads have added to them. */
  private Map<String, String> inputs(Manifest from) {
    DistillConfig config = context.config();
    Map<String, String> inputs =
        new TreeMap<>(
            TrainStage.inputs(
                config,
                StudentSource.of(config.student(), context.hadoop()),
                head.objective(),
                head.targets(),
                head.targets().published()));
    inputs.put("heads.sha256", TrainStage.zipSha256(from));
    inputs.put("heads.columns", head.columnsText());
    return inputs;
  }

  private Map<String, String> facts(Manifest from, long parameters) {
    Map<String, String> facts = new TreeMap<>();
    from.facts()
        .forEach(
            (key, value) -> {
              if (key.startsWith(head.key(""))) {
                facts.put(key.substring(head.key("").length()), value);
              } else if (!key.startsWith("heads.")) {
                facts.put(key, value);
              }
            });
    facts.put("parameters", Long.toString(parameters));
    return facts;
  }

  private StageOutcome upToDate(Manifest manifest) {
    return new StageOutcome(
        name(),
        String.format(
            Locale.ROOT,
            "up to date (version %d, %,d parameters)",
            manifest.version(),
            manifest.number("parameters")));
  }
}
