package io.sparkdistill.pipeline;

import io.sparkdistill.training.TrainingProgress;
import java.util.Locale;
import java.util.Optional;

/** Shows rounds of training, also in Spark's UI. */
final class RoundProgress implements TrainingProgress, AutoCloseable {
  private final RunContext context;
  private final String name;
  private Optional<Progress.Task> task = Optional.empty();

  RoundProgress(RunContext context, String name) {
    this.context = context;
    this.name = name;
  }

  @Override
  public void averaged(int round, int rounds, int epoch, double loss) {
    if (task.isEmpty()) {
      task = Optional.of(context.progress().begin("train " + name, "rounds", rounds));
    }
    task.get().reached(round, String.format(Locale.ROOT, "epoch %d, loss %.4f", epoch, loss));
    JobGroups.describe(
        context.spark().sparkContext(),
        "train " + name + ", round " + Math.min(round + 1, rounds) + " of " + rounds);
  }

  @Override
  public void close() {
    task.ifPresent(Progress.Task::close);
  }
}
