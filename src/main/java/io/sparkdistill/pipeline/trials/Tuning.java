package io.sparkdistill.pipeline.trials;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.Spelling;
import io.sparkdistill.config.TuningConfig;
import io.sparkdistill.failure.DivergenceException;
import io.sparkdistill.pipeline.labelling.Answers;
import io.sparkdistill.pipeline.labelling.Targets;
import io.sparkdistill.pipeline.run.Progress;
import io.sparkdistill.pipeline.run.Result;
import io.sparkdistill.pipeline.run.RunContext;
import io.sparkdistill.pipeline.run.SparkSettings;
import io.sparkdistill.pipeline.run.Stage;
import io.sparkdistill.pipeline.run.StopRequest;
import io.sparkdistill.pipeline.students.RowTensors;
import io.sparkdistill.pipeline.students.StudentSource;
import io.sparkdistill.pipeline.students.TrainingInputs;
import io.sparkdistill.softtargets.SoftTarget;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.Manifest;
import io.sparkdistill.storage.OutputLock;
import io.sparkdistill.storage.PublishedFile;
import io.sparkdistill.storage.Sha256;
import io.sparkdistill.storage.StageDirectory;
import io.sparkdistill.storage.StrictJson;
import io.sparkdistill.training.rows.ChosenRows;
import io.sparkdistill.tuning.Standing;
import io.sparkdistill.tuning.Trial;
import io.sparkdistill.tuning.TrialsPlot;
import io.sparkdistill.tuning.TuningPlan;
import io.sparkdistill.tuning.TuningReport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;

/**
 * Labels what of the training rows is not labelled, tries configurations on them, and publishes
 * what it found. Never reads a test row.
 */
public final class Tuning {
  public static final String NAME = "tuning";
  private static final String TRIALS = "trials.json";
  private static final String BEST = "best.conf";
  private static final String PLOT = "trials.png";

  private final RunContext context;
  private final TuningPlan plan;
  private final ChosenRows chosen;
  private final Targets softTargets;
  private final StageDirectory directory;

  /**
   * Reads the teachers' files, and nothing else yet.
   *
   * @param spark a running session
   * @param plan what is to be tried
   * @param progress shows people how far it is
   * @param stop asked of it between two trials, and between two rounds of training
   */
  public Tuning(SparkSession spark, TuningPlan plan, Progress progress, StopRequest stop) {
    DistillConfig config = plan.config();
    this.context = RunContext.of(spark, config, progress, stop);
    this.plan = plan;
    this.chosen = ChosenRows.of(spark, config.training().transferSet());
    this.softTargets = Answers.ofTraining(context);
    this.directory = context.directory(NAME, TRIALS, BEST, PLOT);
  }

  /**
   * Does it, as far as it is not done.
   *
   * @param holder who runs it, for others that want the same output
   * @return what there is now
   * @throws io.sparkdistill.failure.DistillException for every failure with a known remedy
   */
  @SuppressWarnings("try") // The lock is held, not used.
  public TuningResult run(String holder) {
    SparkSettings.refuseUnsafe(context.spark());
    try (OutputLock lock = OutputLock.acquire(context.output(), holder, context.hadoop())) {
      for (Stage stage : softTargets.stages()) {
        context.progress().say(stage.run().toString());
        context.stop().refuseToGoOn();
      }
      return result(context.stop().heeded(this::tuned));
    }
  }

  /** Checks data, teacher and all trials, computes and writes nothing. */
  public void plan() {
    SparkSettings.refuseUnsafe(context.spark());
    softTargets.stages().forEach(stage -> context.progress().say(stage.plan().toString()));
    if (softTargets.arePublished() && isUpToDate(softTargets.published())) {
      context.progress().say(NAME + ": up to date");
    } else {
      if (softTargets.arePublished()) {
        int width = softTargets.width(softTargets.published());
        TrialTraining.requireNetworks(plan, width, context.hadoop());
      }
      context.progress().say(NAME + ": would train " + plan.description());
    }
  }

  private Manifest tuned() {
    Targets.Versions targets = softTargets.published();
    Map<String, String> inputs = inputs(targets);
    Optional<Manifest> current = directory.current();
    Optional<Manifest> kept = current.filter(manifest -> manifest.isMadeOf(inputs));
    if (kept.isPresent()) {
      directory.requireFiles(kept.get());
      directory.refreshView(kept.get());
      context.progress().say(NAME + ": up to date (version " + kept.get().version() + ")");
      return kept.get();
    }
    TuningReport report = softTargets.held(targets, NAME, () -> report(targets));
    return publish(inputs, report, current);
  }

  private boolean isUpToDate(Targets.Versions targets) {
    return directory.madeOf(inputs(targets)).isPresent();
  }

  private TuningReport report(Targets.Versions targets) {
    Set<String> asked = TrialTraining.tensors(plan);
    JavaRDD<SoftTarget> all = softTargets.rows(targets, asked);
    RowTensors tensors = RowTensors.of(softTargets.tensors(asked), all);
    TrialTraining.requireNetworks(plan, softTargets.width(targets), context.hadoop(), tensors);
    try (TrialRows rows =
        TrialRows.of(
            chosen.among(all),
            plan.config().tuning().fraction(),
            softTargets.choice(plan.config().training().seed()),
            plan.config().dataset(),
            tensors)) {
      List<Standing> standings =
          plan.run(new TrialTraining(context, plan, softTargets, targets, rows));
      Standing best = standings.get(0);
      if (!best.score().trained() || best.rung() < plan.rungs() - 1) {
        throw new DivergenceException(
            "Cannot name a best trial, training diverged in all that were to train to the end: "
                + plan.description()
                + ". Lower training.updater's learningRate, or raise training.explodedLoss.");
      }
      return TuningReport.of(plan, standings);
    }
  }

  private Manifest publish(
      Map<String, String> inputs, TuningReport report, Optional<Manifest> current) {
    Path attempt = directory.newAttempt();
    Trial best = plan.trials().get(report.best().number() - 1);
    List<PublishedFile> files = new ArrayList<>();
    files.add(directory.write(attempt, TRIALS, StrictJson.write(report)));
    files.add(directory.write(attempt, BEST, plan.text(best).getBytes(StandardCharsets.UTF_8)));
    TrialsPlot.draw(report, plan.config().tuning().parameters())
        .ifPresent(png -> files.add(directory.write(attempt, PLOT, png)));
    Map<String, String> facts =
        Map.of(
            "trials", Integer.toString(plan.trials().size()),
            "best", Integer.toString(best.number()));
    context
        .progress()
        .say(
            String.format(
                Locale.ROOT,
                "%s: tried %,d configurations, the best is trial %d",
                NAME,
                plan.trials().size(),
                best.number()));
    return directory.publish(Manifest.unpublished(NAME, inputs, facts, files), current);
  }

  /** Everything that decides the trials and their order, and what is in the best one's file. */
  private Map<String, String> inputs(Targets.Versions targets) {
    TuningConfig tuning = plan.config().tuning();
    Map<String, String> inputs =
        new TreeMap<>(
            TrainingInputs.of(
                StudentSource.of(plan.config(), context.hadoop()),
                plan.config().training(),
                plan.config().objective(),
                softTargets,
                targets));
    inputs.putAll(softTargets.inputsOfJudges(targets));
    inputs.put("configuration.sha256", Sha256.of(plan.text(plan.trials().get(0))));
    inputs.put("tuning.trials", trials());
    inputs.put("tuning.fraction", Double.toString(tuning.fraction()));
    inputs.put("tuning.metric", Spelling.of(tuning.metric()));
    inputs.put("tuning.halving", plan.description());
    return inputs;
  }

  private String trials() {
    return Sha256.of(
        plan.trials().stream()
            .map(trial -> trial.number() + "\t" + trial.values() + model(trial))
            .collect(Collectors.joining("\n")));
  }

  /** What the user's own network is, which its place does not tell. */
  private String model(Trial trial) {
    return StudentSource.of(plan.config(trial, plan.rungs() - 1), context.hadoop())
        .model()
        .map(own -> "\t" + own.sha256())
        .orElse("");
  }

  private TuningResult result(Manifest published) {
    TuningReport report =
        StrictJson.read(
            directory.read(published.file(TRIALS)),
            TuningReport.class,
            TuningReport.SCHEMA_VERSION,
            "trials " + Locations.display(directory.path(published.file(TRIALS))));
    List<Result.Place> places =
        published.files().stream()
            .map(
                file ->
                    new Result.Place(
                        file.name(), Locations.display(new Path(directory.root(), file.name()))))
            .toList();
    return new TuningResult(report, places);
  }
}
