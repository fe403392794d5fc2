package io.sparkdistill.pipeline.publishing;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.ReleaseConfig.When;
import io.sparkdistill.evaluation.Candidate;
import io.sparkdistill.evaluation.Evaluation;
import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.evaluation.TeacherSize;
import io.sparkdistill.evaluation.TestSet;
import io.sparkdistill.failure.InvalidConfigurationException;
import io.sparkdistill.pipeline.judging.EvaluateStage;
import io.sparkdistill.pipeline.judging.Incumbent;
import io.sparkdistill.pipeline.labelling.Targets;
import io.sparkdistill.pipeline.run.JobGroups;
import io.sparkdistill.pipeline.run.RunContext;
import io.sparkdistill.pipeline.run.Stage;
import io.sparkdistill.pipeline.run.StageOutcome;
import io.sparkdistill.pipeline.students.StudentStage;
import io.sparkdistill.pipeline.students.StudentVersions;
import io.sparkdistill.release.Decision;
import io.sparkdistill.release.ReleaseRule;
import io.sparkdistill.release.Releases;
import io.sparkdistill.storage.Holder;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.Manifest;
import io.sparkdistill.storage.OutputLock;
import io.sparkdistill.storage.StageComparison;
import io.sparkdistill.storage.StageDirectory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * Brings the student into use at a place for others, if it is better than what is in use there.
 * What was decided is published beside the other stages, so that nothing is compared twice. The
 * place has a lock of its own, for several outputs may release to it.
 */
public final class ReleaseStage implements Stage {
  public static final String NAME = "release";
  private static final String DECISION = "decision.json";

  private final RunContext context;
  private final Targets testTargets;
  private final StudentStage student;
  private final EvaluateStage evaluation;
  private final ReleaseContents contents;
  private final ReleaseRule rule;
  private final Releases releases;
  private final StageDirectory directory;

  /**
   * For a configuration that says where; reads nothing yet.
   *
   * @param context of the run
   * @param softTargets that the student learned from
   * @param testTargets rows on which it is compared with what is in use
   * @param student that may be released
   * @param evaluation of it
   */
  public ReleaseStage(
      RunContext context,
      Targets softTargets,
      Targets testTargets,
      StudentStage student,
      EvaluateStage evaluation) {
    this.context = context;
    this.testTargets = testTargets;
    this.student = student;
    this.evaluation = evaluation;
    this.contents = new ReleaseContents(context, softTargets, testTargets, student, evaluation);
    this.rule = new ReleaseRule(context.config().release());
    this.releases = releases(context.config(), context.hadoop());
    this.directory = context.directory(NAME, DECISION);
  }

  /** The place that is configured. */
  static Releases releases(DistillConfig config, Configuration conf) {
    String place = config.release().publishTo().orElseThrow(ReleaseStage::nowhere);
    return new Releases(Locations.resolve(place, conf), conf);
  }

  /**
   * The refusal of a configuration without a place.
   *
   * @return to be thrown
   */
  public static InvalidConfigurationException nowhere() {
    return new InvalidConfigurationException(
        "Cannot release, no place is configured for it: release.publishTo is not set. Set it to a"
            + " folder.");
  }

  @Override
  @SuppressWarnings("try") // The lock is held, not used.
  public StageOutcome run() {
    Manifest evaluated = evaluation.published();
    Manifest trained = student.published();
    if (context.config().release().when() == When.NEVER) {
      return refused(rule.decide(0));
    }
    String holder = Holder.of("release of " + Locations.display(context.output()));
    try (OutputLock lock = OutputLock.acquire(releases.root(), holder, context.hadoop())) {
      releases.refreshPointer();
      Optional<StageOutcome> known = known(trained);
      if (known.isPresent()) {
        return known.get();
      }
      int turn = releases.turn();
      Optional<Manifest> incumbent = releases.current();
      Decision decision = decision(trained, incumbent);
      if (!decision.publish()) {
        return refused(decision);
      }
      Manifest version =
          releases
              .holding(StudentVersions.zipSha256(trained))
              .filter(left -> tellsOf(decision, left))
              .orElseGet(() -> publish(trained, evaluated, decision));
      releases.use(version, turn, holder);
      return new StageOutcome(
          NAME, "version " + version.version() + " is in use now, " + decision.why());
    }
  }

  @Override
  public StageOutcome plan() {
    if (evaluation.upToDate().isEmpty()) {
      return new StageOutcome(NAME, "would decide when the student is evaluated");
    }
    Manifest trained = student.published();
    return known(trained).orElseGet(() -> planned(trained));
  }

  private StageOutcome planned(Manifest trained) {
    Optional<Manifest> incumbent = releases.current();
    Optional<Decision> decided = decided(inputs(trained, incumbent));
    if (decided.isPresent() && !decided.get().publish()) {
      return refused(decided.get());
    }
    if (decided.isEmpty() && !rule.isDecided() && incumbent.isPresent()) {
      return new StageOutcome(
          NAME, "would compare the student with version " + incumbent.get().version());
    }
    Decision decision =
        decided.orElseGet(() -> rule.decide(incumbent.map(Manifest::version).orElse(0)));
    return decision.publish()
        ? new StageOutcome(NAME, "would publish a version, " + decision.why())
        : refused(decision);
  }

  /**
   * Reads the last decision, and all versions that were released.
   *
   * @return what was found to be right
   * @throws io.sparkdistill.failure.IntegrityException if a file differs
   */
  public StageOutcome verify() {
    StageComparison.newest(directory);
    List<Manifest> versions = releases.all();
    versions.forEach(releases::verify);
    return new StageOutcome(NAME, "all are what was published: versions " + numbers(versions));
  }

  private static List<Integer> numbers(List<Manifest> versions) {
    return versions.stream().map(Manifest::version).toList();
  }

  /**
   * Where the version is that is in use.
   *
   * @return as people write it; nothing before the first release
   */
  public Optional<String> place() {
    return releases.current().map(releases::place);
  }

  /** What there is to say where the student was in use before, or is. */
  private Optional<StageOutcome> known(Manifest trained) {
    Optional<Manifest> version = releases.holding(StudentVersions.zipSha256(trained));
    if (version.isEmpty() || !releases.wasCurrent(version.get())) {
      return Optional.empty();
    }
    int number = version.get().version();
    int current = releases.inUse().orElse(0);
    return Optional.of(
        new StageOutcome(
            NAME,
            number == current
                ? "up to date (version " + number + " is in use)"
                : "up to date (version "
                    + number
                    + " is this student, and version "
                    + current
                    + " came into use after it; rollback --to "
                    + number
                    + " brings it back)"));
  }

  /** Of a version that a killed release has left: others may have come into use since then. */
  private boolean tellsOf(Decision decision, Manifest left) {
    return Arrays.equals(releases.read(left, DECISION), decision.toJson());
  }

  private static StageOutcome refused(Decision decision) {
    return new StageOutcome(NAME, "not published, " + decision.why());
  }

  /** What was decided of the same student, incumbent, rows and rule; or decides it now. */
  private Decision decision(Manifest trained, Optional<Manifest> incumbent) {
    Map<String, String> inputs = inputs(trained, incumbent);
    Optional<Manifest> current = directory.current();
    Optional<Decision> decided = decided(inputs);
    if (decided.isPresent()) {
      directory.refreshView(current.orElseThrow());
      return decided.get();
    }
    Optional<Incumbent> other = incumbent.map(this::replaceable);
    Decision decision =
        incumbent.isEmpty() || rule.isDecided()
            ? rule.decide(incumbent.map(Manifest::version).orElse(0))
            : rule.decide(
                incumbent.get().version(), compare(trained, incumbent.get(), other.orElseThrow()));
    Map<String, String> facts = Map.of("decision", decision.why());
    directory.publish(
        Manifest.unpublished(
            NAME,
            inputs,
            facts,
            List.of(directory.write(directory.newAttempt(), DECISION, decision.toJson()))),
        current);
    return decision;
  }

  private Optional<Decision> decided(Map<String, String> inputs) {
    return directory
        .madeOf(inputs)
        .map(
            manifest ->
                Decision.fromJson(
                    directory.read(manifest.file(DECISION)),
                    Locations.display(directory.path(manifest.file(DECISION)))));
  }

  private Map<String, String> inputs(Manifest trained, Optional<Manifest> incumbent) {
    Map<String, String> inputs = new TreeMap<>(rule.inputs());
    inputs.putAll(testTargets.inputs(testTargets.published()));
    inputs.put("release.publishTo", Locations.display(releases.root()));
    inputs.put(Releases.STUDENT_SHA256, StudentVersions.zipSha256(trained));
    inputs.put(
        "incumbent",
        incumbent
            .map(
                version ->
                    "version "
                        + version.version()
                        + ", "
                        + version.inputs().get(Releases.STUDENT_SHA256))
            .orElse("none"));
    return inputs;
  }

  /** Who uses the place has rows of one width, and knows one number of classes. */
  private Incumbent replaceable(Manifest version) {
    String place = releases.place(version) + "/" + Releases.STUDENT;
    return new Incumbent(place, releases.read(version, Releases.STUDENT))
        .replaceable(
            testTargets.width(testTargets.published()),
            context.config().dataset().classes(),
            releases.root());
  }

  /** Both on the same rows, in one pass. */
  private Metrics compare(Manifest trained, Manifest incumbent, Incumbent other) {
    Targets.Versions targets = testTargets.published();
    Candidate newer =
        new Candidate(Metrics.STUDENT, Locations.display(student.zipPlace()), student.zip(trained));
    Optional<TeacherSize> teacher =
        context.config().hasTeacher() ? Optional.of(EvaluateStage.size(targets)) : Optional.empty();
    return JobGroups.named(
        context.spark().sparkContext(),
        NAME,
        "compare with version " + incumbent.version(),
        () ->
            testTargets.held(
                targets,
                NAME,
                () ->
                    new Evaluation(context.config().evaluation().batchSize())
                        .judge(
                            new TestSet(testTargets.rows(targets), Optional.empty()),
                            teacher,
                            List.of(newer, other.candidate()))
                        .metrics()));
  }

  private Manifest publish(Manifest trained, Manifest evaluated, Decision decision) {
    Map<String, String> inputs =
        Map.of(
            Releases.STUDENT_SHA256,
            StudentVersions.zipSha256(trained),
            "output",
            Locations.display(context.output()));
    Map<String, String> facts =
        Map.of(
            "decision",
            decision.why(),
            "student.version",
            Integer.toString(trained.version()),
            "evaluation.version",
            Integer.toString(evaluated.version()));
    return releases.publish(inputs, facts, contents.of(trained, evaluated, decision));
  }
}
