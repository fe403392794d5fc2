package io.sparkdistill.pipeline.trials;

import io.sparkdistill.pipeline.run.JobGroups;
import io.sparkdistill.pipeline.run.Progress;
import io.sparkdistill.pipeline.run.RunContext;
import io.sparkdistill.training.TrainingProgress;
import io.sparkdistill.tuning.Trial;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.SparkContext;

/** Shows how many epochs of a rung are done, by all its trials together. Thread-safe. */
final class TuningProgress implements AutoCloseable {
  private final SparkContext spark;
  private final Progress.Task task;
  private final Map<Integer, Integer> running = new TreeMap<>();
  private long ended;

  TuningProgress(RunContext context, int rung, long epochs) {
    this.spark = context.spark().sparkContext();
    this.task = context.progress().begin("tune, rung " + (rung + 1), "epochs", epochs);
  }

  /** To be told of a trial's rounds, in the thread that trains it. */
  TrainingProgress of(Trial trial) {
    return (round, rounds, epoch, loss) -> {
      JobGroups.describe(spark, "trial " + trial.number() + ", round " + round + " of " + rounds);
      show(trial, Optional.of(Math.max(0, epoch - 1)));
    };
  }

  /** A training has ended, perhaps before its last epoch. */
  synchronized void ended(Trial trial, int epochs) {
    ended += epochs;
    show(trial, Optional.empty());
  }

  private synchronized void show(Trial trial, Optional<Integer> epochs) {
    epochs.ifPresentOrElse(
        done -> running.put(trial.number(), done), () -> running.remove(trial.number()));
    String note =
        running.isEmpty()
            ? ""
            : running.keySet().stream()
                .map(String::valueOf)
                .collect(Collectors.joining(" and ", "trial ", ""));
    task.reached(ended + running.values().stream().mapToInt(Integer::intValue).sum(), note);
  }

  @Override
  public void close() {
    task.close();
  }
}
