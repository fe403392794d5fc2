package io.sparkdistill.pipeline.trials;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.evaluation.Candidate;
import io.sparkdistill.evaluation.Evaluation;
import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.evaluation.ModelMetrics;
import io.sparkdistill.evaluation.TeacherSize;
import io.sparkdistill.evaluation.TestSet;
import io.sparkdistill.failure.DivergenceException;
import io.sparkdistill.failure.TransientException;
import io.sparkdistill.pipeline.labelling.Targets;
import io.sparkdistill.pipeline.run.Inputs;
import io.sparkdistill.pipeline.run.RunContext;
import io.sparkdistill.pipeline.students.LearnedRows;
import io.sparkdistill.pipeline.students.Resumption;
import io.sparkdistill.pipeline.students.StudentSource;
import io.sparkdistill.pipeline.students.Trained;
import io.sparkdistill.pipeline.students.TrainingInputs;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.Manifest;
import io.sparkdistill.storage.PublishedFile;
import io.sparkdistill.storage.Snapshots;
import io.sparkdistill.storage.StageDirectory;
import io.sparkdistill.storage.StrictJson;
import io.sparkdistill.student.StudentModel;
import io.sparkdistill.student.StudentNetworks;
import io.sparkdistill.student.StudentZip;
import io.sparkdistill.training.Checkpoint;
import io.sparkdistill.training.CheckpointStore;
import io.sparkdistill.training.Checkpoints;
import io.sparkdistill.training.TrainedStudent;
import io.sparkdistill.training.TrainingEngine;
import io.sparkdistill.training.TrainingProgress;
import io.sparkdistill.tuning.TrialScore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;

/**
 * One training of tune. What it found is published below {@code tuning/trials} under a name that
 * follows from all that decides it, so that whoever comes to the same training again, this run or a
 * later one, finds it done. The student is not kept.
 */
final class TrialStage {
  private static final String SCORE = "score.json";
  private static final int NAME_LENGTH = 16;

  /** Of a teacher, which no score is about. */
  private static final TeacherSize NO_SIZE = new TeacherSize(0, 0);

  private final RunContext context;
  private final DistillConfig config;
  private final Targets targets;
  private final Map<String, String> inputs;
  private final StageDirectory directory;

  TrialStage(
      RunContext context, DistillConfig config, Targets targets, Targets.Versions softTargets) {
    this.context = context;
    this.config = config;
    this.targets = targets;
    this.inputs = inputs(config, StudentSource.of(config, context.hadoop()), targets, softTargets);
    this.directory =
        new StageDirectory(
            new Path(context.output(), "tuning/trials"), name(inputs), Set.of(), context.hadoop());
  }

  private static Map<String, String> inputs(
      DistillConfig config, StudentSource source, Targets targets, Targets.Versions softTargets) {
    Map<String, String> inputs =
        new TreeMap<>(
            TrainingInputs.of(source, config.training(), config.objective(), targets, softTargets));
    inputs.putAll(targets.inputsOfJudges(softTargets));
    inputs.put("tuning.fraction", Double.toString(config.tuning().fraction()));
    // Decides no student, but whether there is one.
    inputs.put(
        "training.explodedLoss",
        Double.toString(config.training().rounds().limits().explodedLoss()));
    return inputs;
  }

  private static String name(Map<String, String> inputs) {
    return Inputs.sha256(inputs).substring(0, NAME_LENGTH);
  }

  /** The name of its directory; two with the same name are the same training. */
  String name() {
    return directory.root().getName();
  }

  /** What was found before, if anything was; what its training left is removed. */
  Optional<TrialScore> published() {
    Optional<Manifest> manifest = directory.madeOf(inputs);
    manifest.ifPresent(made -> resumption().forget(made.inputs()));
    return manifest.map(
        made ->
            StrictJson.read(
                directory.read(made.file(SCORE)),
                TrialScore.class,
                TrialScore.SCHEMA_VERSION,
                "score " + Locations.display(directory.path(made.file(SCORE)))));
  }

  /**
   * How many workers trained the student that was judged, or train the one that is not done; empty
   * where the configuration says how many, or nobody knows yet.
   */
  Optional<Integer> workers() {
    if (config.training().workers().isPresent()) {
      return Optional.empty();
    }
    Optional<Manifest> made = directory.madeOf(inputs);
    return made.isPresent()
        ? made.filter(done -> done.facts().containsKey(Trained.WORKERS))
            .map(done -> (int) done.number(Trained.WORKERS))
        : store().newest().map(Checkpoint::workers);
  }

  /**
   * Trains, judges and publishes. A training that diverges is a result like others.
   *
   * @param parallelism how many workers train where the configuration leaves that to the cluster
   */
  TrialScore run(TrialRows rows, int width, int parallelism, TrainingProgress progress) {
    StudentNetworks networks = source().networks(config, width);
    Resumption resumption = resumption();
    TrialScore score;
    Map<String, String> facts = new TreeMap<>();
    try {
      TrainedStudent student = trained(rows, networks, resumption, parallelism, progress);
      facts.put(Trained.WORKERS, Integer.toString(student.workers()));
      score = judged(student, rows, networks);
    } catch (DivergenceException e) {
      score = TrialScore.diverged(rows.count());
    }
    PublishedFile file = directory.write(directory.newAttempt(), SCORE, StrictJson.write(score));
    facts.put("errors", Long.toString(score.errors()));
    directory.publish(
        Manifest.unpublished(name(), inputs, facts, List.of(file)), directory.current());
    resumption.done();
    return score;
  }

  /** Read again, as the trials that wait are many and parameters may be. */
  private StudentSource source() {
    StudentSource source = StudentSource.of(config, context.hadoop());
    if (!inputs.entrySet().containsAll(source.inputs().entrySet())) {
      throw new TransientException(
          "Cannot train trial "
              + name()
              + ", its network changed while others were trained: student.model is "
              + source.model().map(StudentModel::place).orElse("")
              + ". Run again; trials of the network that it is by now are compared.");
    }
    return source;
  }

  private Resumption resumption() {
    return new Resumption(name(), store(), config.training().checkpoint());
  }

  /** In the trial's own directory, so that no two trainings remove the same folder. */
  private CheckpointStore store() {
    return new CheckpointStore(
        new Snapshots(
            new StageDirectory(directory.root(), "checkpoints", Set.of(), context.hadoop())));
  }

  private TrainedStudent trained(
      TrialRows rows,
      StudentNetworks networks,
      Resumption resumption,
      int parallelism,
      TrainingProgress progress) {
    TrainingConfig training = config.training();
    Optional<Checkpoint> from = resumption.from(inputs, Optional.empty());
    from.ifPresent(
        checkpoint ->
            context.progress().say(Resumption.describe("tuning/trials/" + name(), checkpoint)));
    Checkpoints checkpoints = resumption.checkpoints(inputs, from, context.stop());
    int workers = Resumption.workers(checkpoints, training, parallelism);
    LearnedRows learned = rows.learned(config.objective());
    return TrainingEngine.of(training.engine())
        .train(
            rows.dealt(learned, networks, training, workers, targets.choice(training.seed())),
            networks,
            learned.objective(),
            training,
            checkpoints,
            progress);
  }

  private TrialScore judged(TrainedStudent student, TrialRows rows, StudentNetworks networks) {
    byte[] zip = StudentZip.write(networks.published(config.training()), student.parameters());
    Candidate candidate = new Candidate(Metrics.STUDENT, "student of trial " + name(), zip);
    Metrics metrics =
        new Evaluation(config.evaluation().batchSize())
            .judge(
                new TestSet(rows.heldOut(), Optional.empty()),
                config.hasTeacher() ? Optional.of(NO_SIZE) : Optional.empty(),
                List.of(candidate))
            .metrics();
    ModelMetrics found = metrics.models().get(Metrics.STUDENT);
    return new TrialScore(
        metrics.testRows(),
        found.errors(),
        found.nll(),
        config.whyCachedRowsHideDivergence().isEmpty() ? found.klToTeacher() : Double.NaN,
        found.parameters());
  }
}
