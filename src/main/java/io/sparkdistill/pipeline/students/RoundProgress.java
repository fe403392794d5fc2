package io.sparkdistill.pipeline.students;

import io.sparkdistill.config.FeatureConfig;
import io.sparkdistill.config.ObjectiveConfig;
import io.sparkdistill.config.ScheduleConfig;
import io.sparkdistill.objective.FeatureTerm;
import io.sparkdistill.objective.HeadTerms;
import io.sparkdistill.objective.Terms;
import io.sparkdistill.pipeline.run.JobGroups;
import io.sparkdistill.pipeline.run.Progress;
import io.sparkdistill.pipeline.run.RunContext;
import io.sparkdistill.training.TrainingProgress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows rounds of training, also in Spark's UI. */
final class RoundProgress implements TrainingProgress, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RoundProgress.class);

  private final RunContext context;
  private final String name;
  private final TermWatch watch;
  private final Map<String, TermWatch> ofHeads;
  private final TermMetrics metrics;
  private String terms = "";
  private Optional<Progress.Task> task = Optional.empty();
  private int ofTask;

  RoundProgress(RunContext context, String name, ObjectiveConfig objective) {
    this(
        context,
        name,
        new TermWatch(name, objective.softWeight()),
        Map.of(),
        TermMetrics.of(
            name, objective.features().stream().map(FeatureConfig::name).toList(), List.of()));
  }

  /** For a student of several heads. */
  RoundProgress(RunContext context, String name, List<HeadTask> heads) {
    this(
        context,
        name,
        // All of its terms are those of heads, each of which has a watch.
        new TermWatch(name, ScheduleConfig.constant(1)),
        heads.stream()
            .collect(
                Collectors.toMap(
                    HeadTask::name,
                    head ->
                        new TermWatch(
                            name + ", head " + head.name() + ",", head.objective().softWeight()))),
        TermMetrics.of(name, List.of(), heads.stream().map(HeadTask::name).toList()));
  }

  private RoundProgress(
      RunContext context,
      String name,
      TermWatch watch,
      Map<String, TermWatch> ofHeads,
      TermMetrics metrics) {
    this.context = context;
    this.name = name;
    this.watch = watch;
    this.ofHeads = ofHeads;
    this.metrics = metrics;
  }

  @Override
  public void terms(int round, Terms ofRound) {
    terms = TermWatch.note(ofRound);
    metrics.show(ofRound);
    LOG.debug(
        "{}, round {}: soft {} hard {}, gradients {} and {}",
        name,
        round,
        ofRound.softLoss(),
        ofRound.hardLoss(),
        ofRound.softGradient(),
        ofRound.hardGradient());
    for (FeatureTerm term : ofRound.features()) {
      LOG.debug(
          "{}, round {}: {} {}, gradient {}",
          name,
          round,
          term.name(),
          term.loss(),
          term.gradient());
    }
    if (ofHeads.isEmpty()) {
      warn(watch, round, ofRound);
    }
    // One head may well learn from a teacher, and another from labels.
    for (HeadTerms head : ofRound.heads()) {
      LOG.debug(
          "{}, round {}: {}.soft {} {}.hard {}, gradients {} and {}",
          name,
          round,
          head.name(),
          head.terms().softLoss(),
          head.name(),
          head.terms().hardLoss(),
          head.terms().softGradient(),
          head.terms().hardGradient());
      warn(ofHeads.get(head.name()), round, head.terms());
    }
  }

  private static void warn(TermWatch watch, int round, Terms terms) {
    watch.after(round, terms).ifPresent(warning -> LOG.warn("{}", warning));
  }

  @Override
  public void averaged(int round, int rounds, int epoch, double loss) {
    task(rounds)
        .reached(round, String.format(Locale.ROOT, "epoch %d, loss %.4f%s", epoch, loss, terms));
    JobGroups.describe(
        context.spark().sparkContext(),
        "train " + name + ", round " + Math.min(round + 1, rounds) + " of " + rounds);
  }

  /** Another one when there are to be fewer rounds than was known before some were measured. */
  private Progress.Task task(int rounds) {
    if (task.isEmpty() || rounds != ofTask) {
      task.ifPresent(Progress.Task::close);
      task = Optional.of(context.progress().begin("train " + name, "rounds", rounds));
      ofTask = rounds;
    }
    return task.get();
  }

  @Override
  public void close() {
    metrics.close();
    task.ifPresent(Progress.Task::close);
  }
}
