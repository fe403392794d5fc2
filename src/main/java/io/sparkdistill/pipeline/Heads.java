package io.sparkdistill.pipeline;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.HeadConfig;
import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.pipeline.labelling.Answers;
import io.sparkdistill.pipeline.publishing.ReleasePlaces;
import io.sparkdistill.pipeline.run.Progress;
import io.sparkdistill.pipeline.run.Result;
import io.sparkdistill.pipeline.run.RunContext;
import io.sparkdistill.pipeline.run.SparkSettings;
import io.sparkdistill.pipeline.run.StopRequest;
import io.sparkdistill.pipeline.students.HeadTask;
import io.sparkdistill.pipeline.students.HeadTrainings;
import io.sparkdistill.pipeline.students.OwnTrainings;
import io.sparkdistill.pipeline.students.WholeStage;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.OutputLock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * One student with several heads: Caruana, "Multitask Learning" (1997). Each head is a pipeline
 * with an output of its own, but all are trained together.
 */
public final class Heads {
  private final RunContext context;
  private final List<HeadConfig> heads;
  private final List<Pipeline> pipelines = new ArrayList<>();
  private final WholeStage student;
  private final Optional<WholeStage> baseline;

  /**
   * Reads the teachers' files, and nothing else yet.
   *
   * @param spark a running session
   * @param heads in their order, at least one
   * @param whole what they have in common; its output is that of all
   * @param progress shows people how far it is
   * @param stop asked of it between two stages, and between two rounds of training
   */
  public Heads(
      SparkSession spark,
      List<HeadConfig> heads,
      DistillConfig whole,
      Progress progress,
      StopRequest stop) {
    this.context = RunContext.of(spark, whole, progress, stop);
    this.heads = List.copyOf(heads);
    List<Answers> answers =
        heads.stream()
            .map(head -> Answers.of(RunContext.of(spark, head.config(), progress, stop)))
            .toList();
    List<HeadTask> taught = HeadTask.of(heads, answers, UnaryOperator.identity());
    List<HeadTask> untaught = HeadTask.of(heads, answers, OwnTrainings::labelsAlone);
    this.student = new WholeStage(context, Metrics.STUDENT, taught);
    this.baseline =
        student.hasBaseline()
            ? Optional.of(new WholeStage(context, Metrics.BASELINE, untaught))
            : Optional.empty();
    for (int k = 0; k < heads.size(); k++) {
      HeadTask own = untaught.get(k);
      pipelines.add(
          new Pipeline(
              answers.get(k),
              Optional.of(heads.get(k).recipe()),
              new HeadTrainings(
                  student,
                  taught.get(k),
                  baseline.map(of -> new HeadTrainings.Baseline(of, own)))));
    }
  }

  /**
   * Does what a command asks for, for all heads.
   *
   * @param command which stages
   * @param holder who runs it, for others that want the same output
   * @return what there is now of each head, in their order
   * @throws io.sparkdistill.failure.DistillException for every failure with a known remedy
   */
  @SuppressWarnings("try") // The lock is held, not used.
  public List<HeadResult> run(Command command, String holder) {
    check(command);
    try (OutputLock lock = OutputLock.acquire(context.output(), holder, context.hadoop())) {
      if (command == Command.RUN) {
        each((head, pipeline) -> pipeline.run(Command.LABEL, holder));
      }
      if (command == Command.RUN || command == Command.TRAIN) {
        trainAll();
      }
      List<HeadResult> results = new ArrayList<>();
      each(
          (head, pipeline) -> {
            if (concerns(command, head)) {
              Result result =
                  command == Command.RUN
                      ? pipeline.runLabelled(holder)
                      : pipeline.run(command, holder);
              results.add(new HeadResult(head.name(), result));
            }
          });
      return List.copyOf(results);
    }
  }

  /**
   * Checks everything that a command needs, computes and writes nothing.
   *
   * @param command which stages
   */
  public void plan(Command command) {
    check(command);
    if (command == Command.RUN) {
      each((head, pipeline) -> pipeline.plan(Command.LABEL));
    }
    if (command == Command.RUN || command == Command.TRAIN) {
      trained().forEach(stage -> context.progress().say(stage.plan().toString()));
    }
    each(
        (head, pipeline) -> {
          if (command == Command.RUN) {
            pipeline.planLabelled();
          } else if (concerns(command, head)) {
            pipeline.plan(command);
          }
        });
  }

  /**
   * Reads everything that is published again, and compares it with its manifests.
   *
   * @param sample rows of each data set that teachers are asked about again; 0 for none
   * @throws io.sparkdistill.failure.IntegrityException if anything is not what was published
   */
  public void verify(int sample) {
    trained()
        .flatMap(stage -> stage.verify().stream())
        .forEach(outcome -> context.progress().say(outcome.toString()));
    each((head, pipeline) -> pipeline.verify(sample));
  }

  /**
   * The student of all heads.
   *
   * @return where it is, for people
   */
  public Result.Place place() {
    return new Result.Place("all heads", Locations.display(student.zipPlace()));
  }

  private void check(Command command) {
    SparkSettings.refuseUnsafe(context.spark());
    List<DistillConfig> configs = heads.stream().map(HeadConfig::config).toList();
    if (command == Command.RUN) {
      configs.forEach(head -> Foresight.lookBesideModel(context.spark(), head));
      Foresight.lookAtModel(context.spark(), context.config(), configs);
    }
    List<Path> outputs =
        Stream.concat(
                Stream.of(context.output()),
                configs.stream()
                    .map(config -> Locations.resolve(config.output(), context.hadoop())))
            .toList();
    if (command == Command.RUN || command == Command.RELEASE) {
      ReleasePlaces.refuseTaken(outputs, configs, context.hadoop());
    }
  }

  private interface Work {
    void on(HeadConfig head, Pipeline pipeline);
  }

  private void each(Work work) {
    for (int k = 0; k < heads.size(); k++) {
      context.progress().say("heads: " + heads.get(k).name());
      work.on(heads.get(k), pipelines.get(k));
    }
  }

  private void trainAll() {
    context.progress().say("heads: all together");
    trained()
        .forEach(
            stage -> {
              context.stop().refuseToGoOn();
              context.progress().say(stage.run().toString());
            });
  }

  private Stream<WholeStage> trained() {
    return Stream.concat(Stream.of(student), baseline.stream());
  }

  /** A head that nothing is configured for is left out, unless no head is; then one is told so. */
  private boolean concerns(Command command, HeadConfig head) {
    return switch (command) {
      case RELEASE -> concerns(head, one -> one.config().release().publishTo().isPresent());
      case EXPORT -> concerns(head, one -> one.config().export().onnx());
      default -> true;
    };
  }

  private boolean concerns(HeadConfig head, Predicate<HeadConfig> asked) {
    return asked.test(head) || heads.stream().noneMatch(asked);
  }
}
