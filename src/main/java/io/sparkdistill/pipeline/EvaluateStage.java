package io.sparkdistill.pipeline;

import io.sparkdistill.evaluation.Candidate;
import io.sparkdistill.evaluation.Evaluation;
import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.Manifest;
import io.sparkdistill.storage.PublishedFile;
import io.sparkdistill.storage.StageDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;

/** Judges what was trained on what the teacher says about the test set. */
final class EvaluateStage implements Stage {
  static final String NAME = "evaluation";
  private static final String METRICS = "metrics.json";

  private final RunContext context;
  private final Targets testTargets;
  private final TrainStage student;
  private final Optional<TrainStage> baseline;
  private final StageDirectory directory;

  EvaluateStage(
      RunContext context, Targets testTargets, TrainStage student, Optional<TrainStage> baseline) {
    this.context = context;
    this.testTargets = testTargets;
    this.student = student;
    this.baseline = baseline;
    this.directory = context.directory(NAME, METRICS);
  }

  @Override
  public StageOutcome run() {
    Targets.Versions targets = testTargets.published();
    Manifest trained = student.published();
    Optional<Manifest> trainedBaseline = baseline.map(TrainStage::published);
    Map<String, String> inputs = inputs(targets, trained, trainedBaseline);
    Optional<Manifest> current = directory.current();
    if (current.filter(manifest -> manifest.inputs().equals(inputs)).isPresent()) {
      directory.read(current.get().file(METRICS));
      directory.refreshView(current.get());
      return upToDate(current.get());
    }
    List<Candidate> candidates = new ArrayList<>();
    candidates.add(candidate(Metrics.STUDENT, student, trained));
    trainedBaseline.ifPresent(
        manifest -> candidates.add(candidate(Metrics.BASELINE, baseline.orElseThrow(), manifest)));
    Metrics metrics =
        JobGroups.named(
            context.spark().sparkContext(),
            NAME,
            "evaluate",
            () -> testTargets.held(targets, NAME, () -> judge(targets, candidates)));
    PublishedFile file = directory.write(directory.newAttempt(), METRICS, metrics.toJson());
    Map<String, String> facts = Map.of("testRows", Long.toString(metrics.testRows()));
    directory.publish(Manifest.unpublished(NAME, inputs, facts, List.of(file)), current);
    return new StageOutcome(
        NAME, String.format(Locale.ROOT, "judged on %,d rows", metrics.testRows()));
  }

  @Override
  public StageOutcome plan() {
    return isUpToDate()
        ? upToDate(directory.current().orElseThrow())
        : new StageOutcome(NAME, "would judge what was trained on the test set");
  }

  private boolean isTrained() {
    return testTargets.arePublished()
        && student.isUpToDate()
        && baseline.map(TrainStage::isUpToDate).orElse(true);
  }

  /** What would be judged now. */
  private Map<String, String> inputs() {
    return inputs(
        testTargets.published(), student.published(), baseline.map(TrainStage::published));
  }

  /** The newest version, if it is what this configuration judges. */
  Manifest published() {
    Manifest manifest =
        directory
            .current()
            .orElseThrow(
                () ->
                    new BadInputException(
                        "Cannot release a student without metrics, none are published in "
                            + Locations.display(directory.root())
                            + ". Run evaluate first, or run for everything."));
    Inputs.difference(manifest.inputs(), inputs())
        .ifPresent(
            difference -> {
              throw new IntegrityException(
                  "Cannot release a student by the metrics in "
                      + Locations.display(directory.root())
                      + ", they are of another one: "
                      + difference
                      + ". Run evaluate first, or run for everything.");
            });
    return manifest;
  }

  boolean isUpToDate() {
    return isTrained()
        && directory.current().filter(manifest -> manifest.inputs().equals(inputs())).isPresent();
  }

  /** The metrics of one version. */
  byte[] json(Manifest manifest) {
    return directory.read(manifest.file(METRICS));
  }

  /** The metrics of the newest version. */
  Metrics metrics() {
    return Metrics.fromJson(directory.read(directory.current().orElseThrow().file(METRICS)));
  }

  Path metricsPlace() {
    return new Path(directory.root(), METRICS);
  }

  private static Candidate candidate(String name, TrainStage stage, Manifest manifest) {
    return new Candidate(name, Locations.display(stage.zipPlace()), stage.zip(manifest));
  }

  private Metrics judge(Targets.Versions targets, List<Candidate> candidates) {
    Evaluation evaluation = new Evaluation(context.config().evaluation().batchSize());
    if (!context.config().hasTeacher()) {
      return evaluation.judge(testTargets.rows(targets), candidates.get(0));
    }
    return evaluation
        .judge(
            testTargets.rows(targets),
            targets.sum(TargetsStage::teacherParameters),
            targets.sum(TargetsStage::teacherBytes),
            candidates)
        .withTeachers(testTargets.judged(targets, evaluation));
  }

  private Map<String, String> inputs(
      Targets.Versions targets, Manifest student, Optional<Manifest> baseline) {
    Map<String, String> inputs = new TreeMap<>(testTargets.inputs(Pipeline.TEST_TARGETS, targets));
    inputs.put("student.sha256", TrainStage.zipSha256(student));
    inputs.put("baseline.sha256", baseline.map(TrainStage::zipSha256).orElse("none"));
    return inputs;
  }

  private static StageOutcome upToDate(Manifest manifest) {
    return new StageOutcome(
        NAME,
        String.format(
            Locale.ROOT,
            "up to date (version %d, %,d test rows)",
            manifest.version(),
            manifest.number("testRows")));
  }
}
