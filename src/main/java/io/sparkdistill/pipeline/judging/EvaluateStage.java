package io.sparkdistill.pipeline.judging;

import io.sparkdistill.config.EvaluationConfig;
import io.sparkdistill.evaluation.Evaluation;
import io.sparkdistill.evaluation.JudgedModel;
import io.sparkdistill.evaluation.Judgement;
import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.evaluation.PredictionPlace;
import io.sparkdistill.evaluation.TeacherSize;
import io.sparkdistill.evaluation.TestSet;
import io.sparkdistill.examples.SliceTable;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.pipeline.labelling.BatchRoom;
import io.sparkdistill.pipeline.labelling.Targets;
import io.sparkdistill.pipeline.labelling.TargetsStage;
import io.sparkdistill.pipeline.run.Inputs;
import io.sparkdistill.pipeline.run.JobGroups;
import io.sparkdistill.pipeline.run.RunContext;
import io.sparkdistill.pipeline.run.Stage;
import io.sparkdistill.pipeline.run.StageOutcome;
import io.sparkdistill.pipeline.students.ClusterSize;
import io.sparkdistill.pipeline.students.StudentStage;
import io.sparkdistill.pipeline.students.StudentVersions;
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
public final class EvaluateStage implements Stage {
  public static final String NAME = "evaluation";
  private static final String METRICS = "metrics.json";
  private static final String GALLERY = "gallery.json";

  private final RunContext context;
  private final EvaluationConfig config;
  private final Targets testTargets;
  private final StudentStage student;
  private final Optional<StudentStage> baseline;
  private final Compressed compressed;
  private final StageDirectory directory;

  /**
   * What is judged, and by what.
   *
   * @param targets the teacher's answers
   * @param student that was trained
   * @param baseline likewise
   * @param incumbent that was given
   * @param slices of the test set
   * @param inputs all that decides the result
   */
  private record Subject(
      Targets.Versions targets,
      Manifest student,
      Optional<Manifest> baseline,
      Optional<Incumbent> incumbent,
      Optional<SliceTable> slices,
      Map<String, String> inputs) {}

  /**
   * Reads nothing yet.
   *
   * @param context of the run
   * @param testTargets rows on which all are judged
   * @param student the one that was taught
   * @param baseline the same, taught by labels alone, where there is one
   * @param compressed the student with fewer units and in int8, as far as it was made
   */
  public EvaluateStage(
      RunContext context,
      Targets testTargets,
      StudentStage student,
      Optional<StudentStage> baseline,
      Compressed compressed) {
    this.context = context;
    this.config = context.config().evaluation();
    this.testTargets = testTargets;
    this.student = student;
    this.baseline = baseline;
    this.compressed = compressed;
    this.directory = context.directory(NAME, METRICS, GALLERY);
  }

  @Override
  public StageOutcome run() {
    Subject subject = subject();
    Optional<Manifest> current = directory.current();
    if (current.filter(manifest -> manifest.isMadeOf(subject.inputs())).isPresent()) {
      directory.read(current.get().file(METRICS));
      directory.requireFiles(current.get());
      directory.refreshView(current.get());
      return upToDate(current.get());
    }
    Path attempt = directory.newAttempt();
    Judgement judgement =
        JobGroups.named(
            context.spark().sparkContext(),
            NAME,
            "evaluate",
            () -> testTargets.held(subject.targets(), NAME, () -> judge(subject, attempt)));
    Metrics metrics = judgement.metrics();
    List<PublishedFile> files = new ArrayList<>();
    files.add(directory.write(attempt, METRICS, metrics.toJson()));
    files.add(directory.write(attempt, GALLERY, judgement.gallery().toJson()));
    files.addAll(judgement.predictions());
    Map<String, String> facts = Map.of("testRows", Long.toString(metrics.testRows()));
    directory.publish(Manifest.unpublished(NAME, subject.inputs(), facts, files), current);
    return new StageOutcome(
        NAME, String.format(Locale.ROOT, "judged on %,d rows", metrics.testRows()));
  }

  @Override
  public StageOutcome plan() {
    slices();
    incumbent();
    return upToDate()
        .map(EvaluateStage::upToDate)
        .orElseGet(() -> new StageOutcome(NAME, "would judge what was trained on the test set"));
  }

  /** What must be there before anything can be judged. */
  public void requirePublished() {
    testTargets.published();
    student.published();
    baseline.ifPresent(StudentStage::published);
    compressed.requirePublished();
  }

  public boolean isUpToDate() {
    return upToDate().isPresent();
  }

  /**
   * The newest version, if it is what would be published now.
   *
   * @return its manifest, or nothing
   */
  public Optional<Manifest> upToDate() {
    boolean trained =
        testTargets.arePublished()
            && student.isUpToDate()
            && baseline.map(StudentStage::isUpToDate).orElse(true)
            && compressed.areUpToDate();
    return trained ? directory.madeOf(subject().inputs()) : Optional.empty();
  }

  /**
   * The newest version, after a look whether it is what this configuration judges.
   *
   * @return its manifest
   * @throws BadInputException if nothing was published
   * @throws IntegrityException if it is of another configuration
   */
  public Manifest published() {
    Manifest manifest =
        directory
            .current()
            .orElseThrow(
                () ->
                    new BadInputException(
                        "Cannot release a student without metrics, none are published in "
                            + Locations.display(directory.root())
                            + ". Run evaluate first, or run for everything."));
    Inputs.difference(manifest.inputs(), subject().inputs())
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

  /**
   * The metrics of one version.
   *
   * @param manifest of the version
   * @return JSON, as {@link Metrics} writes it
   */
  public byte[] json(Manifest manifest) {
    return directory.read(manifest.file(METRICS));
  }

  /**
   * The metrics of the newest version.
   *
   * @return as they were published
   */
  public Metrics metrics() {
    return Metrics.fromJson(directory.read(directory.current().orElseThrow().file(METRICS)));
  }

  /**
   * Where people find the metrics.
   *
   * @return the copy beside the versions
   */
  public Path metricsPlace() {
    return new Path(directory.root(), METRICS);
  }

  private Subject subject() {
    Targets.Versions targets = testTargets.published();
    BatchRoom.require(
        "evaluation.batchSize",
        config.batchSize(),
        testTargets.width(targets),
        context.config().dataset().classes());
    Manifest trained = student.published();
    Optional<Manifest> trainedBaseline = baseline.map(StudentStage::published);
    trainedBaseline
        .flatMap(other -> ClusterSize.difference(trained, other))
        .ifPresent(difference -> context.progress().say(NAME + ": " + difference));
    Optional<Incumbent> incumbent =
        incumbent()
            .map(
                earlier ->
                    earlier.fitting(
                        testTargets.width(targets), context.config().dataset().classes()));
    Optional<SliceTable> slices = slices();
    Map<String, String> inputs = new TreeMap<>(testTargets.inputs(targets));
    inputs.put("student.sha256", StudentVersions.zipSha256(trained));
    inputs.put("baseline.sha256", trainedBaseline.map(StudentVersions::zipSha256).orElse("none"));
    inputs.putAll(compressed.inputs());
    incumbent.ifPresent(earlier -> inputs.put("incumbent.sha256", earlier.sha256()));
    slices.ifPresent(table -> inputs.put("evaluation.slices.sha256", digest(table)));
    inputs.putAll(config.differences());
    return new Subject(targets, trained, trainedBaseline, incumbent, slices, inputs);
  }

  private Optional<Incumbent> incumbent() {
    return config.incumbent().map(place -> Incumbent.read(place, context.hadoop()));
  }

  private Optional<SliceTable> slices() {
    return config.slices().isEmpty()
        ? Optional.empty()
        : Optional.of(
            SliceTable.open(context.spark(), context.config().dataset(), config.slices()));
  }

  private String digest(SliceTable slices) {
    return JobGroups.named(
        context.spark().sparkContext(), NAME, "read slices " + slices.source(), slices::sha256);
  }

  private Judgement judge(Subject subject, Path attempt) {
    Targets.Versions targets = subject.targets();
    Evaluation evaluation =
        new Evaluation(
            config,
            config.predictions()
                ? PredictionPlace.below(directory.root(), attempt)
                : PredictionPlace.nowhere());
    boolean taught = context.config().hasTeacher();
    Judgement judgement =
        evaluation.judge(
            new TestSet(testTargets.rows(targets), subject.slices()),
            taught ? Optional.of(size(targets)) : Optional.empty(),
            candidates(subject));
    return taught
        ? new Judgement(
            judgement.metrics().withTeachers(testTargets.judged(targets, evaluation)),
            judgement.gallery(),
            judgement.predictions())
        : judgement;
  }

  /**
   * The size of all teachers together.
   *
   * @param targets their published answers
   * @return sums of their parameters and of the bytes of their files
   */
  public static TeacherSize size(Targets.Versions targets) {
    return new TeacherSize(
        targets.sum(TargetsStage::teacherParameters), targets.sum(TargetsStage::teacherBytes));
  }

  private List<JudgedModel> candidates(Subject subject) {
    List<JudgedModel> candidates = new ArrayList<>();
    candidates.add(student.candidate(subject.student()));
    subject
        .baseline()
        .ifPresent(manifest -> candidates.add(baseline.orElseThrow().candidate(manifest)));
    candidates.addAll(compressed.candidates());
    subject.incumbent().map(Incumbent::candidate).ifPresent(candidates::add);
    return candidates;
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
