package io.sparkdistill.pipeline.students;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.pipeline.run.RunContext;
import io.sparkdistill.pipeline.run.StageOutcome;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.Manifest;
import io.sparkdistill.student.StudentScorer;
import io.sparkdistill.training.HeadRounds;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One head of a student of several, as a student of its own: the layers that all heads share, and
 * this head's classes. All numbers are those of the whole.
 */
final class HeadStage implements StudentStage {
  private final RunContext context;
  private final WholeStage whole;
  private final HeadTask head;
  private final StudentVersions versions;

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
    this.versions = new StudentVersions(context, whole.name());
  }

  @Override
  public StageOutcome run() {
    Manifest from = whole.published();
    Map<String, String> inputs = inputs(from);
    Optional<Manifest> current = versions.current();
    Optional<Manifest> kept = current.filter(manifest -> manifest.isMadeOf(inputs));
    if (kept.isPresent()) {
      return versions.kept(kept.get());
    }
    byte[] zip = whole.cut(from, head);
    String rounds = HeadRounds.of(whole.rounds(from), head.name());
    long parameters = StudentScorer.open(zip, Locations.display(zipPlace())).parameters();
    if (!name().equals(Metrics.BASELINE)) {
      ExportedFiles.removeCopies(context);
    }
    Manifest published =
        versions.publish(zip, rounds, inputs, facts(from, parameters, rounds), current);
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
        ? versions.upToDate(versions.current().orElseThrow())
        : new StageOutcome(name(), "would be cut out of the student of all heads");
  }

  @Override
  public Manifest published() {
    return versions.published("evaluate without", "evaluate", () -> inputs(whole.published()));
  }

  @Override
  public boolean isUpToDate() {
    return whole.isUpToDate() && versions.madeOf(inputs(whole.published())).isPresent();
  }

  @Override
  public StudentVersions versions() {
    return versions;
  }

  @Override
  public String name() {
    return whole.name();
  }

  /** Those of a student of its own, and what the other heads have added to them. */
  private Map<String, String> inputs(Manifest from) {
    DistillConfig config = context.config();
    Map<String, String> inputs =
        new TreeMap<>(
            TrainingInputs.of(
                StudentSource.of(config, context.hadoop()),
                config.training(),
                head.objective(),
                head.targets(),
                head.targets().published()));
    inputs.put("heads.sha256", StudentVersions.zipSha256(from));
    inputs.put("heads.columns", head.columnsText());
    return inputs;
  }

  private Map<String, String> facts(Manifest from, long parameters, String rounds) {
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
    // That of all heads says nothing of this one.
    HeadRounds.lastLoss(rounds)
        .ifPresent(loss -> facts.put(Trained.FINAL_LOSS, Double.toString(loss)));
    return facts;
  }
}
