package io.sparkdistill.pipeline.students;

import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.objective.GoalPlan;
import io.sparkdistill.objective.JointObjective;
import io.sparkdistill.pipeline.labelling.Targets;
import io.sparkdistill.pipeline.run.JobGroups;
import io.sparkdistill.pipeline.run.RunContext;
import io.sparkdistill.pipeline.run.Stage;
import io.sparkdistill.pipeline.run.StageOutcome;
import io.sparkdistill.softtargets.HeadJoin;
import io.sparkdistill.softtargets.SoftTarget;
import io.sparkdistill.storage.Manifest;
import io.sparkdistill.student.NetworkHead;
import io.sparkdistill.student.StudentNetworks;
import io.sparkdistill.student.StudentZip;
import io.sparkdistill.training.Checkpoints;
import io.sparkdistill.training.TrainedStudent;
import io.sparkdistill.training.TrainingEngine;
import io.sparkdistill.training.rows.TrainingData;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;

/** A student of several heads, or its baseline: one network and one training. */
public final class WholeStage implements Stage {
  private final RunContext context;
  private final String name;
  private final List<HeadTask> heads;
  private final StudentVersions published;
  private final Resumption resumption;
  private final TrainedBefore before;

  /**
   * Reads nothing yet.
   *
   * @param context whose output is that of all heads together
   * @param name of the folder
   * @param heads in the order of their classes
   */
  public WholeStage(RunContext context, String name, List<HeadTask> heads) {
    this.context = context;
    this.name = name;
    this.heads = List.copyOf(heads);
    this.published = new StudentVersions(context, name);
    this.resumption = new Resumption(name, context.checkpoints(name), training().checkpoint());
    this.before = new TrainedBefore(context, name, published, resumption);
  }

  @Override
  public StageOutcome run() {
    return context.stop().heeded(this::trained);
  }

  private StageOutcome trained() {
    List<Targets.Versions> versions = versions();
    StudentSource source = source();
    Map<String, String> inputs = inputs(source, versions);
    Optional<Manifest> current = published.current();
    Optional<StageOutcome> kept = before.kept(inputs, current);
    if (kept.isPresent()) {
      return kept.get();
    }
    Checkpoints checkpoints = before.checkpoints(inputs, current);
    StudentNetworks networks = networks(source, versions);
    Trained trained =
        JobGroups.named(
            context.spark().sparkContext(),
            name,
            "train " + name,
            () -> held(versions, () -> train(versions, networks, checkpoints)));
    Manifest made = publish(trained, networks, inputs, current);
    resumption.done();
    return new StageOutcome(
        name,
        String.format(
            Locale.ROOT,
            "trained version %d: %d heads, %,d parameters, %,d steps on %d workers, last loss %.4f",
            made.version(),
            heads.size(),
            trained.student().parameters().length,
            trained.student().steps(),
            trained.student().workers(),
            trained.student().finalLoss()));
  }

  private Manifest publish(
      Trained trained,
      StudentNetworks networks,
      Map<String, String> inputs,
      Optional<Manifest> current) {
    TrainedStudent student = trained.student();
    byte[] zip =
        StudentZip.write(NetworkHead.whole(networks.published(training())), student.parameters());
    return published.publish(zip, student.rounds(), inputs, trained.facts(), current);
  }

  private Trained train(
      List<Targets.Versions> versions, StudentNetworks networks, Checkpoints checkpoints) {
    int workers = Resumption.workers(checkpoints, training(), ClusterSize.workers(context, name));
    List<JavaRDD<SoftTarget>> rows = new ArrayList<>();
    List<JointObjective.Plan> plans = new ArrayList<>();
    Map<String, String> facts = new TreeMap<>();
    for (HeadTask head : heads) {
      LearnedRows learned = head.rows(versions.get(rows.size()));
      if (hasBaseline()) {
        learned.requireLabels(
            "a baseline of head '" + head.name() + "' beside the student",
            "set evaluation.baseline to false");
      }
      learned
          .note()
          .ifPresent(note -> context.progress().say(name + ", head " + head.name() + ": " + note));
      learned.facts().forEach((key, value) -> facts.put(head.key(key), value));
      rows.add(learned.rows());
      plans.add(
          new JointObjective.Plan(
              head.name(), head.columns().classes(), head.head().weight(), learned.objective()));
    }
    GoalPlan goal = JointObjective.of(plans);
    HeadJoin join =
        new HeadJoin(names(), heads.stream().map(head -> head.columns().classes()).toList());
    try (TrainingData data = TrainingData.ofHeads(join.join(rows), workers, training().rounds());
        RoundProgress progress = new RoundProgress(context, name, heads)) {
      return Trained.now(
          TrainingEngine.of(training().engine())
              .train(data, networks, goal, training(), checkpoints, progress),
          facts);
    }
  }

  @Override
  public StageOutcome plan() {
    StudentSource source = source();
    if (arePublished()) {
      List<Targets.Versions> versions = versions();
      Map<String, String> inputs = inputs(source, versions);
      Optional<StageOutcome> planned = before.planned(inputs, () -> networks(source, versions));
      if (planned.isPresent()) {
        return planned.get();
      }
    }
    return new StageOutcome(
        name,
        String.format(
            Locale.ROOT,
            "would train %s with %d heads for %,d epochs",
            context.config().student().description(),
            heads.size(),
            training().epochs()));
  }

  /** The newest version, if it is what this configuration trains. */
  Manifest published() {
    return published.published(
        "cut heads out of", "cut heads out of", () -> inputs(source(), versions()));
  }

  boolean isUpToDate() {
    return arePublished() && published.madeOf(inputs(source(), versions())).isPresent();
  }

  /**
   * Compares what is published with its checksums, and opens it.
   *
   * @return what was found to be right; nothing where nothing is published
   */
  public Optional<StageOutcome> verify() {
    return published.verify();
  }

  /** A student that has one head of a version. */
  byte[] cut(Manifest manifest, HeadTask head) {
    NetworkHead.Cut cut =
        head.columns()
            .of(
                networks(source(), versions()).published(training()),
                published.scorer(manifest).numbers());
    return StudentZip.write(cut.configuration(), cut.parameters());
  }

  /** What was written about the rounds of a version. */
  String rounds(Manifest manifest) {
    return published.rounds(manifest);
  }

  String name() {
    return name;
  }

  /**
   * Where people find the student.
   *
   * @return the copy of its zip beside the versions
   */
  public Path zipPlace() {
    return published.zipPlace();
  }

  /**
   * Whether another student learns from the labels of all heads when this one is trained.
   *
   * @return false where nobody teaches any head, or none is asked for
   */
  public boolean hasBaseline() {
    return name.equals(Metrics.STUDENT)
        && context.config().evaluation().baseline()
        && heads.stream().anyMatch(head -> head.head().config().hasTeacher());
  }

  private List<String> names() {
    return heads.stream().map(HeadTask::name).toList();
  }

  private TrainingConfig training() {
    return context.config().training();
  }

  private StudentSource source() {
    return StudentSource.of(context.config(), context.hadoop());
  }

  private boolean arePublished() {
    return heads.stream().allMatch(head -> head.targets().arePublished());
  }

  private List<Targets.Versions> versions() {
    return heads.stream().map(head -> head.targets().published()).toList();
  }

  private StudentNetworks networks(StudentSource source, List<Targets.Versions> versions) {
    int width = heads.get(0).targets().width(versions.get(0));
    for (int k = 1; k < heads.size(); k++) {
      int other = heads.get(k).targets().width(versions.get(k));
      if (other != width) {
        throw new BadInputException(
            "Cannot train one student for all heads, rows of '"
                + heads.get(0).name()
                + "' have "
                + width
                + " features and those of '"
                + heads.get(k).name()
                + "' have "
                + other
                + ". Give each head the same inputs.");
      }
    }
    int classes = heads.stream().mapToInt(head -> head.columns().classes()).sum();
    return source.networks(width, classes);
  }

  private Map<String, String> inputs(StudentSource source, List<Targets.Versions> versions) {
    Map<String, String> inputs = new TreeMap<>(TrainingInputs.ofTraining(source, training()));
    for (int k = 0; k < heads.size(); k++) {
      inputs.putAll(heads.get(k).inputs(versions.get(k)));
    }
    return inputs;
  }

  private <T> T held(List<Targets.Versions> versions, Supplier<T> reading) {
    Supplier<T> held = reading;
    for (int k = 0; k < heads.size(); k++) {
      held = holding(heads.get(k).targets(), versions.get(k), held);
    }
    return held.get();
  }

  private <T> Supplier<T> holding(Targets targets, Targets.Versions versions, Supplier<T> reading) {
    return () -> targets.held(versions, "training of " + name, reading);
  }
}
