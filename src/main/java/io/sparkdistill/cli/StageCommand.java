package io.sparkdistill.cli;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.LinkConfig;
import io.sparkdistill.config.Recipe;
import io.sparkdistill.config.Spelling;
import io.sparkdistill.config.reading.LoadedConfig;
import io.sparkdistill.failure.InvalidConfigurationException;
import io.sparkdistill.pipeline.Chain;
import io.sparkdistill.pipeline.HeadResult;
import io.sparkdistill.pipeline.Heads;
import io.sparkdistill.pipeline.run.Result;
import io.sparkdistill.pipeline.run.StopRequest;
import io.sparkdistill.report.Verdict;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A command that runs stages. */
abstract class StageCommand extends ConfiguredCommand implements Callable<Integer>, Stoppable {
  private final io.sparkdistill.pipeline.Command command;

  @Option(
      names = "--dry-run",
      description =
          "Checks configuration, data and teacher, says what would be done; writes nothing.")
  private boolean dryRun;

  @Option(
      names = "--link",
      paramLabel = "NAME",
      description =
          "Of a configuration with a chain, this link alone. Without it, run does the whole chain,"
              + " and the other commands are about its last student; so is release always.")
  private Optional<String> link = Optional.empty();

  private StopRequest stop = new StopRequest();

  StageCommand(io.sparkdistill.pipeline.Command command) {
    this.command = command;
  }

  @Override
  public final void heed(StopRequest asked) {
    stop = asked;
  }

  @Override
  public Integer call() {
    refuseLinkOfARelease();
    LoadedConfig loaded = load();
    String name = Spelling.of(command);
    SparkSession spark = session(name);
    try {
      if (loaded.hasHeads() && link.isEmpty()) {
        runHeads(spark, loaded, name);
      } else {
        runChain(spark, loaded, name);
      }
    } finally {
      spark.stop();
    }
    return ExitCodes.DONE;
  }

  private void refuseLinkOfARelease() {
    if (link.isPresent() && command == io.sparkdistill.pipeline.Command.RELEASE) {
      throw new InvalidConfigurationException(
          "Cannot release link "
              + link.get()
              + ", only the last student of a chain is released: --link. Leave it out.");
    }
  }

  private void runHeads(SparkSession spark, LoadedConfig loaded, String name) {
    Heads heads = new Heads(spark, loaded.heads(), loaded.config(), progress(), stop);
    if (dryRun) {
      heads.plan(command);
      return;
    }
    List<HeadResult> results = heads.run(command, holder(name));
    PrintWriter out = spec().commandLine().getOut();
    for (HeadResult result : results) {
      out.printf("head %s%n", result.head());
      show(result.result());
    }
    show(List.of(heads.place()));
    results.forEach(
        result ->
            verdict(result.result())
                .ifPresent(verdict -> out.printf("%s: %s%n", result.head(), verdict)));
    out.flush();
  }

  private void runChain(SparkSession spark, LoadedConfig loaded, String name) {
    List<LinkConfig> before =
        link.isEmpty() && command == io.sparkdistill.pipeline.Command.RUN
            ? loaded.chain()
            : List.of();
    DistillConfig config = link.map(loaded::link).orElseGet(loaded::config);
    Recipe recipe = link.map(loaded::recipe).orElseGet(loaded::recipe);
    Chain chain = new Chain(spark, before, config, recipe, progress(), stop);
    if (dryRun) {
      chain.plan(command);
    } else {
      show(chain.run(command, holder(name)));
    }
  }

  private void show(Result result) {
    PrintWriter out = spec().commandLine().getOut();
    result.metrics().ifPresent(metrics -> out.print(MetricsTable.render(metrics)));
    result.sizes().ifPresent(sizes -> out.print(SizesTable.render(sizes)));
    verdict(result).ifPresent(verdict -> out.printf("%s%n%n", verdict));
    result.released().ifPresent(out::println);
    show(result.places());
  }

  private static Optional<String> verdict(Result result) {
    return result.metrics().map(Verdict::of).map(Verdict::sentence);
  }

  /** Everything. */
  @Command(
      name = "run",
      description =
          "Runs every stage that is not up to date: label, train, export, evaluate; and release,"
              + " where release.publishTo is set.")
  static final class Run extends StageCommand {
    Run() {
      super(io.sparkdistill.pipeline.Command.RUN);
    }
  }

  /** The teacher. */
  @Command(
      name = "label",
      description = "Asks the teacher for its soft targets on training and test set, once.")
  static final class Label extends StageCommand {
    Label() {
      super(io.sparkdistill.pipeline.Command.LABEL);
    }
  }

  /** The student. */
  @Command(
      name = "train",
      description = "Trains student and baseline from the soft targets that label published.")
  static final class Train extends StageCommand {
    Train() {
      super(io.sparkdistill.pipeline.Command.TRAIN);
    }
  }

  /** Files for others. */
  @Command(
      name = "export",
      description =
          "Writes the students that train published as ONNX files, compares them with"
              + " Deeplearning4j on the test set, and measures how large and fast they are.")
  static final class Export extends StageCommand {
    Export() {
      super(io.sparkdistill.pipeline.Command.EXPORT);
    }
  }

  /** The metrics. */
  @Command(name = "evaluate", description = "Judges teacher, student and baseline on the test set.")
  static final class Evaluate extends StageCommand {
    Evaluate() {
      super(io.sparkdistill.pipeline.Command.EVALUATE);
    }
  }

  /** The student for others. */
  @Command(
      name = "release",
      description = {
        "Publishes the student as a numbered version for others, and brings it into use, if the rule"
            + " in the block release says so.",
        ""
      },
      footerHeading = "%nWhat becomes of a student:%n",
      footer = {
        "  - better than the version that is in use: it is the next version, and is in use",
        "  - not better: nothing is published, and why is said; exit code 0 as well",
        "  - published before: nothing is done, also where somebody went back from it",
        "Both are compared on the test rows, in one pass over them.",
        "",
        "Try: jobs/distill release CONF --dry-run",
        "Back: jobs/distill rollback CONF"
      })
  static final class Release extends StageCommand {
    Release() {
      super(io.sparkdistill.pipeline.Command.RELEASE);
    }
  }
}
