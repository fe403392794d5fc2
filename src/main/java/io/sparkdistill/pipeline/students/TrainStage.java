package io.sparkdistill.pipeline.students;

import io.sparkdistill.config.ObjectiveConfig;
import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.pipeline.labelling.Targets;
import io.sparkdistill.pipeline.run.JobGroups;
import io.sparkdistill.pipeline.run.RunContext;
import io.sparkdistill.pipeline.run.StageOutcome;
import io.sparkdistill.softtargets.SoftTarget;
import io.sparkdistill.storage.Manifest;
import io.sparkdistill.student.StudentNetworks;
import io.sparkdistill.training.Checkpoints;
import io.sparkdistill.training.TrainedStudent;
import io.sparkdistill.training.TrainingEngine;
import io.sparkdistill.training.rows.ChosenRows;
import io.sparkdistill.training.rows.LabelCounts;
import io.sparkdistill.training.rows.TeacherChoice;
import io.sparkdistill.training.rows.TrainingData;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;

/** A student, or the baseline that differs from it in the objective alone. */
public final class TrainStage implements StudentStage {
  private final RunContext context;
  private final String name;
  private final Beginning beginning;
  private final ObjectiveConfig objective;
  private final Targets targets;
  private final StudentVersions versions;
  private final Resumption resumption;
  private final TrainedBefore before;
  private final ChosenRows chosen;
  private final BiasStep biases;

  TrainStage(RunContext context, String name, ObjectiveConfig objective, Targets targets) {
    this(context, name, Beginning.ofSeed(context.config()), objective, targets);
  }

  /**
   * Reads nothing yet.
   *
   * @param context of the run
   * @param name of the folder, and among the models that are judged
   * @param beginning weights that training begins with, and for how long it goes on
   * @param objective that is learned
   * @param targets that are learned from
   */
  public TrainStage(
      RunContext context,
      String name,
      Beginning beginning,
      ObjectiveConfig objective,
      Targets targets) {
    this.context = context;
    this.name = name;
    this.beginning = beginning;
    this.objective = objective;
    this.targets = targets;
    this.versions = new StudentVersions(context, name);
    this.resumption =
        new Resumption(name, context.checkpoints(name), context.config().training().checkpoint());
    this.before = new TrainedBefore(context, name, versions, resumption);
    this.chosen = ChosenRows.of(context.spark(), beginning.training().transferSet());
    this.biases = new BiasStep(context, name, beginning.training());
  }

  @Override
  public StageOutcome run() {
    return context.stop().heeded(this::trained);
  }

  private StageOutcome trained() {
    Targets.Versions softTargets = targets.published();
    StudentSource source = source();
    Map<String, String> inputs = inputs(source, softTargets);
    Optional<Manifest> current = versions.current();
    Optional<StageOutcome> kept = before.kept(inputs, current);
    if (kept.isPresent()) {
      return kept.get();
    }
    Optional<Trained> unmoved = before.unmoved(inputs, current).map(this::unmoved);
    Checkpoints checkpoints = before.checkpoints(inputs, current);
    StudentNetworks networks = beginning.networks(source, targets.width(softTargets));
    BiasStep.Moved outcome =
        JobGroups.named(
            context.spark().sparkContext(),
            name,
            "train " + name,
            () ->
                targets.held(
                    softTargets,
                    "training of " + name,
                    () ->
                        biases.moved(
                            unmoved.orElseGet(
                                () -> {
                                  biases.require(networks, () -> targets.labels(softTargets));
                                  return train(softTargets, networks, checkpoints);
                                }),
                            networks,
                            () -> targets.labels(softTargets))));
    TrainedStudent trained = outcome.trained().student();
    if (!name.equals(Metrics.BASELINE)) {
      ExportedFiles.removeCopies(context);
    }
    Manifest published =
        versions.publish(outcome.zip(), trained.rounds(), inputs, outcome.facts(), current);
    resumption.done();
    return new StageOutcome(
        name,
        String.format(
            Locale.ROOT,
            "trained version %d: %,d parameters, %,d steps on %d workers, last loss %.4f%s",
            published.version(),
            trained.parameters().length,
            trained.steps(),
            trained.workers(),
            trained.finalLoss(),
            outcome.text()));
  }

  private Trained unmoved(Manifest manifest) {
    context.progress().say(name + ": is version " + manifest.version() + " but for its biases");
    return Trained.before(manifest, versions.scorer(manifest).numbers(), versions.rounds(manifest));
  }

  @Override
  public StageOutcome plan() {
    StudentSource source = source();
    if (beginning.isReady() && targets.arePublished()) {
      Targets.Versions softTargets = targets.published();
      Map<String, String> inputs = inputs(source, softTargets);
      Optional<StageOutcome> planned =
          before.planned(inputs, () -> beginning.networks(source, targets.width(softTargets)));
      if (planned.isPresent()) {
        return planned.get();
      }
    }
    return new StageOutcome(
        name,
        String.format(
            Locale.ROOT,
            "would train %s for %,d epochs",
            beginning.description(),
            beginning.training().epochs()));
  }

  @Override
  public Manifest published() {
    return versions.published(
        "evaluate without", "evaluate", () -> inputs(source(), targets.published()));
  }

  @Override
  public boolean isUpToDate() {
    return beginning.isReady()
        && targets.arePublished()
        && versions.madeOf(inputs(source(), targets.published())).isPresent();
  }

  @Override
  public StudentVersions versions() {
    return versions;
  }

  @Override
  public String name() {
    return name;
  }

  private Trained train(
      Targets.Versions softTargets, StudentNetworks networks, Checkpoints checkpoints) {
    TrainingConfig training = beginning.training();
    int workers = Resumption.workers(checkpoints, training, ClusterSize.workers(context, name));
    JavaRDD<SoftTarget> rows = rows(softTargets);
    RowTensors tensors = RowTensors.of(targets.tensors(objective.tensors()), rows);
    LearnedRows learned =
        LearnedRows.of(
            chosen.among(rows),
            objective,
            context.config().dataset(),
            () -> LabelCounts.of(chosen.among(targets.labels(softTargets)), networks.classes()));
    if (name.equals(Metrics.STUDENT) && context.config().evaluation().baseline()) {
      learned.requireLabels("a baseline beside the student", "set evaluation.baseline to false");
    }
    learned.note().ifPresent(note -> context.progress().say(name + ": " + note));
    try (TrainingData data =
            TrainingData.of(
                learned.rows(),
                workers,
                training.rounds(),
                objective.asksTeacher() ? targets.choice(training.seed()) : TeacherChoice.none(),
                tensors.features(networks, objective));
        RoundProgress progress = new RoundProgress(context, name, objective)) {
      return Trained.now(
          TrainingEngine.of(training.engine())
              .train(data, networks, learned.objective(), training, checkpoints, progress),
          learned.facts());
    }
  }

  private JavaRDD<SoftTarget> rows(Targets.Versions softTargets) {
    return objective.asksTeacher()
        ? targets.rows(softTargets, objective.tensors())
        : targets.labels(softTargets);
  }

  private StudentSource source() {
    return StudentSource.of(context.config(), context.hadoop());
  }

  private Map<String, String> inputs(StudentSource source, Targets.Versions softTargets) {
    Map<String, String> inputs =
        TrainingInputs.of(source, beginning.training(), objective, targets, softTargets);
    inputs.putAll(beginning.inputs());
    inputs.putAll(beginning.training().transferSet().matching());
    return inputs;
  }
}
