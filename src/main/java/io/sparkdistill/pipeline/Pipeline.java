package io.sparkdistill.pipeline;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.Recipe;
import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.failure.InvalidConfigurationException;
import io.sparkdistill.pipeline.judging.Compressed;
import io.sparkdistill.pipeline.judging.EvaluateStage;
import io.sparkdistill.pipeline.judging.ExportStage;
import io.sparkdistill.pipeline.judging.TeacherFiles;
import io.sparkdistill.pipeline.labelling.Answers;
import io.sparkdistill.pipeline.labelling.Targets;
import io.sparkdistill.pipeline.labelling.TargetsStage;
import io.sparkdistill.pipeline.publishing.Lineage;
import io.sparkdistill.pipeline.publishing.ReleasePlaces;
import io.sparkdistill.pipeline.publishing.ReleaseStage;
import io.sparkdistill.pipeline.publishing.ReportSources;
import io.sparkdistill.pipeline.publishing.ReportStage;
import io.sparkdistill.pipeline.run.Progress;
import io.sparkdistill.pipeline.run.Result;
import io.sparkdistill.pipeline.run.RunContext;
import io.sparkdistill.pipeline.run.SparkSettings;
import io.sparkdistill.pipeline.run.Stage;
import io.sparkdistill.pipeline.run.StageOutcome;
import io.sparkdistill.pipeline.run.StopRequest;
import io.sparkdistill.pipeline.students.ExportedFiles;
import io.sparkdistill.pipeline.students.OwnTrainings;
import io.sparkdistill.pipeline.students.PrunedBeginning;
import io.sparkdistill.pipeline.students.StudentStage;
import io.sparkdistill.pipeline.students.TrainStage;
import io.sparkdistill.pipeline.students.Trainings;
import io.sparkdistill.pipeline.trials.Tuning;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.OutputLock;
import io.sparkdistill.storage.StageComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** Runs the stages of a command in their order, one run at a time on an output. */
public final class Pipeline {
  /** Stages that publish what is neither a cache nor a student. */
  private static final List<String> OTHERS =
      List.of(Tuning.NAME, ExportedFiles.STAGE, EvaluateStage.NAME, ReportStage.NAME);

  /** Stages that read test targets. */
  private static final List<String> JUDGES =
      List.of(ExportedFiles.STAGE, EvaluateStage.NAME, ReportStage.NAME, ReleaseStage.NAME);

  private final RunContext context;
  private final Targets softTargets;
  private final Targets testTargets;
  private final StudentStage student;
  private final Optional<StudentStage> baseline;
  private final Optional<StudentStage> pruned;
  private final Optional<ExportStage> export;
  private final EvaluateStage evaluation;
  private final ReportStage report;
  private final Optional<ReleaseStage> release;

  /**
   * Reads the teachers' files, and nothing else yet.
   *
   * @param spark a running session
   * @param config what was configured
   * @param progress shows people how far it is
   */
  public Pipeline(SparkSession spark, DistillConfig config, Progress progress) {
    this(spark, config, Optional.empty(), progress, new StopRequest());
  }

  /**
   * The same for a process that may be asked to stop.
   *
   * @param spark a running session
   * @param config what was configured
   * @param recipe that gives it again, for the report; empty where nobody knows
   * @param progress shows people how far it is
   * @param stop asked of it between two stages, and between two rounds of training
   */
  public Pipeline(
      SparkSession spark,
      DistillConfig config,
      Optional<Recipe> recipe,
      Progress progress,
      StopRequest stop) {
    this(Answers.of(RunContext.of(spark, config, progress, stop)), recipe, new OwnTrainings());
  }

  /**
   * The same for students that somebody else may train.
   *
   * @param answers of the teachers, with what all stages share
   * @param recipe that gives the configuration again; empty where nobody knows
   * @param trainings who trains
   */
  Pipeline(Answers answers, Optional<Recipe> recipe, Trainings trainings) {
    this.context = answers.context();
    DistillConfig config = context.config();
    this.softTargets = answers.training();
    this.testTargets = answers.test();
    this.student = trainings.student(answers);
    this.baseline = trainings.baseline(answers);
    this.pruned =
        config.compress().prunes()
            ? Optional.of(
                new TrainStage(
                    context,
                    Metrics.PRUNED,
                    new PrunedBeginning(config, student),
                    // Its layers are no longer those that were compared.
                    config.objective().withoutFeatures(),
                    softTargets))
            : Optional.empty();
    this.export =
        config.export().onnx()
            ? Optional.of(
                new ExportStage(
                    context,
                    new TeacherFiles(config, answers.teachers()),
                    softTargets,
                    testTargets,
                    Stream.concat(Stream.of(student), pruned.stream()).toList()))
            : Optional.empty();
    this.evaluation =
        new EvaluateStage(
            context,
            testTargets,
            student,
            baseline,
            new Compressed(pruned, export.filter(stage -> config.compress().quantises())));
    this.report =
        new ReportStage(
            context,
            evaluation,
            new ReportSources(context, new Lineage(context, softTargets, testTargets), recipe));
    this.release =
        config
            .release()
            .publishTo()
            .map(place -> new ReleaseStage(context, softTargets, testTargets, student, evaluation));
  }

  /**
   * Does what a command asks for.
   *
   * @param command which stages
   * @param holder who runs it, for others that want the same output
   * @return what there is now
   * @throws io.sparkdistill.failure.DistillException for every failure with a known remedy
   */
  public Result run(Command command, String holder) {
    check(command);
    return run(command, stages(command), holder);
  }

  /** What is looked at before others compute for hours. */
  void check(Command command) {
    SparkSettings.refuseUnsafe(context.spark());
    if (command == Command.RUN || command == Command.RELEASE) {
      ReleasePlaces.refuseTaken(
          List.of(context.output()), List.of(context.config()), context.hadoop());
    }
    if (command == Command.RUN) {
      Foresight.look(context.spark(), context.config());
    }
  }

  /** The rest of {@link Command#RUN}, when all is labelled. */
  Result runLabelled(String holder) {
    return run(Command.RUN, labelled(), holder);
  }

  @SuppressWarnings("try") // The lock is held, not used.
  private Result run(Command command, List<Stage> stages, String holder) {
    try (OutputLock lock = OutputLock.acquire(context.output(), holder, context.hadoop())) {
      List<StageOutcome> outcomes = new ArrayList<>();
      for (Stage stage : stages) {
        context.stop().refuseToGoOn();
        StageOutcome outcome = stage.run();
        context.progress().say(outcome.toString());
        outcomes.add(outcome);
      }
      return result(command, outcomes);
    }
  }

  /**
   * Checks everything that a command needs, computes and writes nothing.
   *
   * @param command which stages
   */
  public void plan(Command command) {
    check(command);
    if (command == Command.TRAIN) {
      softTargets.published();
    }
    if (command == Command.RELEASE) {
      evaluation.published();
    }
    if (command == Command.EVALUATE) {
      evaluation.requirePublished();
    }
    if (command == Command.EXPORT) {
      requireExport().requirePublished();
    }
    say(stages(command));
  }

  /** Whether the newest student is what would be published now, as far as plans have found. */
  boolean isTrained() {
    return student.isUpToDate();
  }

  /** The rest of {@link #plan} for {@link Command#RUN}. */
  void planLabelled() {
    say(labelled());
  }

  private void say(List<Stage> stages) {
    for (Stage stage : stages) {
      context.progress().say(stage.plan().toString());
    }
  }

  /**
   * Reads the newest version of each stage again, and all that was released, and compares them with
   * their manifests.
   *
   * @param sample rows of each data set that the teacher is asked about again; 0 for none
   * @throws io.sparkdistill.failure.IntegrityException if anything is not what was published
   */
  public void verify(int sample) {
    SparkSettings.refuseUnsafe(context.spark());
    for (TargetsStage stage : softTargets.stages()) {
      context.progress().say(stage.verify(sample).toString());
    }
    boolean judged =
        JUDGES.stream().anyMatch(stage -> context.directory(stage).current().isPresent());
    for (TargetsStage stage : testTargets.stages()) {
      // Neither a tuning nor an estimator asks about test rows.
      StageOutcome outcome =
          judged || stage.hasVersions() ? stage.verify(sample) : stage.withoutVersions();
      context.progress().say(outcome.toString());
    }
    trained()
        .flatMap(stage -> stage.verify().stream())
        .forEach(outcome -> context.progress().say(outcome.toString()));
    for (String stage : OTHERS) {
      StageComparison.newest(context.directory(stage))
          .map(manifest -> StageOutcome.compared(stage, manifest))
          .ifPresent(outcome -> context.progress().say(outcome.toString()));
    }
    release.ifPresent(stage -> context.progress().say(stage.verify().toString()));
  }

  /**
   * Labels training rows that are made first, and trains the student on them. No test row is read,
   * and no baseline is trained.
   *
   * @param rows makes what the configuration names as training rows, while nobody else works on the
   *     output
   * @param holder who runs it, for others that want the same output
   * @return the student's zip
   * @throws io.sparkdistill.failure.DistillException for every failure with a known remedy
   */
  @SuppressWarnings("try") // The lock is held, not used.
  public byte[] fit(Runnable rows, String holder) {
    SparkSettings.refuseUnsafe(context.spark());
    try (OutputLock lock = OutputLock.acquire(context.output(), holder, context.hadoop())) {
      rows.run();
      for (Stage stage : softTargets.stages()) {
        context.progress().say(stage.run().toString());
      }
      context.progress().say(student.run().toString());
      return student.zip(student.published());
    }
  }

  private Stream<StudentStage> trained() {
    return Stream.of(Stream.of(student), baseline.stream(), pruned.stream())
        .flatMap(stages -> stages);
  }

  private ExportStage requireExport() {
    return export.orElseThrow(
        () ->
            new InvalidConfigurationException(
                "Cannot export, export.onnx is false. Set it to true."));
  }

  private List<TargetsStage> caches() {
    return Stream.of(softTargets, testTargets)
        .flatMap(targets -> targets.stages().stream())
        .toList();
  }

  private List<Stage> stages(Command command) {
    List<Stage> label = List.copyOf(caches());
    List<Stage> train = List.copyOf(trained().toList());
    return switch (command) {
      case LABEL -> label;
      case TRAIN -> train;
      case EXPORT -> List.of(requireExport());
      case EVALUATE -> List.of(evaluation, report);
      case RELEASE -> List.of(release.orElseThrow(ReleaseStage::nowhere));
      case RUN -> {
        List<Stage> all = new ArrayList<>(label);
        all.addAll(labelled());
        yield all;
      }
    };
  }

  /** All that comes after labelling. */
  private List<Stage> labelled() {
    List<Stage> stages = new ArrayList<>(trained().toList());
    export.ifPresent(stages::add);
    stages.add(evaluation);
    stages.add(report);
    release.ifPresent(stages::add);
    return stages;
  }

  private Result result(Command command, List<StageOutcome> outcomes) {
    List<Result.Place> places = new ArrayList<>();
    boolean evaluated = command == Command.RUN || command == Command.EVALUATE;
    if (command == Command.RUN || command == Command.LABEL) {
      softTargets
          .stages()
          .forEach(cache -> places.add(new Result.Place("soft targets", cache.place())));
    }
    if (command == Command.RUN || command == Command.TRAIN) {
      places.add(new Result.Place("student", Locations.display(student.zipPlace())));
    }
    boolean exported = command == Command.RUN || command == Command.EXPORT;
    Optional<ExportStage> shown = export.filter(stage -> exported);
    shown.ifPresent(
        stage -> {
          places.add(new Result.Place("onnx", stage.place("student.onnx")));
          places.add(new Result.Place("sizes", stage.place("sizes.json")));
        });
    if (evaluated) {
      places.add(new Result.Place("metrics", Locations.display(evaluation.metricsPlace())));
      places.add(new Result.Place("report", Locations.display(report.place())));
    }
    Optional<String> released =
        outcomes.stream()
            .filter(outcome -> outcome.stage().equals(ReleaseStage.NAME))
            .map(StageOutcome::toString)
            .findFirst();
    released
        .flatMap(outcome -> release.flatMap(ReleaseStage::place))
        .ifPresent(place -> places.add(new Result.Place("in use", place)));
    return new Result(
        evaluated ? Optional.of(evaluation.metrics()) : Optional.empty(),
        shown.map(ExportStage::sizes),
        released,
        List.copyOf(places));
  }
}
