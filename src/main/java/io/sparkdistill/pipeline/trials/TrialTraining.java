package io.sparkdistill.pipeline.trials;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.examples.Distortion;
import io.sparkdistill.pipeline.labelling.Targets;
import io.sparkdistill.pipeline.run.JobGroups;
import io.sparkdistill.pipeline.run.RunContext;
import io.sparkdistill.pipeline.students.ClusterSize;
import io.sparkdistill.pipeline.students.RowTensors;
import io.sparkdistill.pipeline.students.StudentSource;
import io.sparkdistill.student.StudentNetworks;
import io.sparkdistill.tuning.Trial;
import io.sparkdistill.tuning.TrialRunner;
import io.sparkdistill.tuning.TrialScore;
import io.sparkdistill.tuning.TuningPlan;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/** Trains the trials of a rung, several at a time, all on the same rows. */
final class TrialTraining implements TrialRunner {
  private final RunContext context;
  private final TuningPlan plan;
  private final Targets targets;
  private final Targets.Versions versions;
  private final TrialRows rows;

  TrialTraining(
      RunContext context,
      TuningPlan plan,
      Targets targets,
      Targets.Versions versions,
      TrialRows rows) {
    this.context = context;
    this.plan = plan;
    this.targets = targets;
    this.versions = versions;
    this.rows = rows;
  }

  /** What is to be trained, and for whom it is called. */
  private record Work(Trial trial, DistillConfig config, TrialStage stage) {}

  /** What came of it. */
  private record Done(String name, TrialScore score) {}

  /**
   * Makes the networks of all trials, so that one that does not fit the rows is refused first.
   *
   * @throws io.sparkdistill.failure.DistillException if one does not
   */
  static void requireNetworks(TuningPlan plan, int width, Configuration hadoop) {
    require(plan, width, hadoop, (config, networks) -> {});
  }

  /**
   * The same, and looks whether their hidden layers can be compared with what rows carry.
   *
   * @throws io.sparkdistill.failure.DistillException if one does not fit
   */
  static void requireNetworks(
      TuningPlan plan, int width, Configuration hadoop, RowTensors tensors) {
    require(
        plan, width, hadoop, (config, networks) -> tensors.features(networks, config.objective()));
  }

  private static void require(
      TuningPlan plan,
      int width,
      Configuration hadoop,
      BiConsumer<DistillConfig, StudentNetworks> more) {
    int last = plan.rungs() - 1;
    for (Trial trial : plan.trials()) {
      DistillConfig config = plan.config(trial, last);
      StudentNetworks networks = StudentSource.of(config, hadoop).networks(config, width);
      networks.published(config.training());
      Distortion.of(config.training().rounds().augmentation(), width, "training.augmentation");
      more.accept(config, networks);
    }
  }

  /** What is inside teachers that any trial compares hidden layers with. */
  static Set<String> tensors(TuningPlan plan) {
    int last = plan.rungs() - 1;
    return plan.trials().stream()
        .flatMap(trial -> plan.config(trial, last).objective().tensors().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public List<TrialScore> train(List<Trial> trials, int rung) {
    List<Work> all = trials.stream().map(trial -> work(trial, rung)).toList();
    Map<String, Work> missing = new LinkedHashMap<>();
    Map<String, TrialScore> scores = new HashMap<>();
    for (Work work : all) {
      work.stage()
          .published()
          .ifPresentOrElse(
              score -> scores.put(work.stage().name(), score),
              () -> missing.putIfAbsent(work.stage().name(), work));
    }
    if (!missing.isEmpty()) {
      missed(List.copyOf(missing.values()), rung, parallelism(all, rung))
          .forEach(done -> scores.put(done.name(), done.score()));
    }
    context
        .progress()
        .say(
            String.format(
                Locale.ROOT,
                "tuning: rung %d of %d, trained %d of %d trials, the others were done",
                rung + 1,
                plan.rungs(),
                missing.size(),
                trials.size()));
    return all.stream().map(work -> scores.get(work.stage().name())).toList();
  }

  private Work work(Trial trial, int rung) {
    DistillConfig config = plan.config(trial, rung);
    return new Work(trial, config, new TrialStage(context, config, targets, versions));
  }

  /**
   * Another number of workers is another student: where the configuration names none, trials train
   * with as many as those that were begun before, in this rung or the first, also when the cluster
   * has another size by now.
   */
  private int parallelism(List<Work> all, int rung) {
    return all.stream()
        .map(work -> rung == 0 ? work : work(work.trial(), 0))
        .flatMap(work -> work.stage().workers().stream())
        .findFirst()
        .orElseGet(() -> ClusterSize.now(context));
  }

  private List<Done> missed(List<Work> missing, int rung, int parallelism) {
    long epochs = missing.stream().mapToLong(work -> work.config().training().epochs()).sum();
    try (TuningProgress progress = new TuningProgress(context, rung, epochs)) {
      List<Supplier<Done>> trainings =
          missing.stream()
              .<Supplier<Done>>map(work -> () -> trained(work, parallelism, progress))
              .toList();
      return new TrialPool(plan.config().tuning().parallel()).all(trainings);
    }
  }

  private Done trained(Work work, int parallelism, TuningProgress progress) {
    context.stop().refuseToGoOn();
    String name = "trial " + work.trial().number();
    TrialScore score =
        JobGroups.named(
            context.spark().sparkContext(),
            name,
            name,
            () ->
                work.stage()
                    .run(rows, targets.width(versions), parallelism, progress.of(work.trial())));
    progress.ended(work.trial(), work.config().training().epochs());
    return new Done(work.stage().name(), score);
  }
}
