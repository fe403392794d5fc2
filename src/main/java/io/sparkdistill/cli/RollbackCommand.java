package io.sparkdistill.cli;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.reading.LoadedConfig;
import io.sparkdistill.failure.InvalidConfigurationException;
import io.sparkdistill.pipeline.publishing.Rollback;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Goes back to an older version of what was released. */
@Command(
    name = "rollback",
    description = {
      "Brings an older version of what was released to release.publishTo into use again.",
      ""
    },
    footerHeading = "%nWhat it does:%n",
    footer = {
      "  - compares the version's files with their checksums, then moves the pointer 'current'",
      "  - removes nothing, and tells the history who went back and when",
      "  - twice without --to goes back by two versions; --to goes forward as well",
      "The student that was gone back from is not released again by the next run.",
      "",
      "Try: jobs/distill rollback CONF --dry-run"
    })
final class RollbackCommand extends ConfiguredCommand implements Callable<Integer> {
  @Option(
      names = "--to",
      paramLabel = "VERSION",
      description = "The version; without it the one that was in use before.")
  private Optional<Integer> to = Optional.empty();

  @Option(
      names = "--head",
      paramLabel = "NAME",
      description = "Of a student of several heads, the one whose versions these are.")
  private Optional<String> head = Optional.empty();

  @Option(names = "--dry-run", description = "Says what would be done; changes nothing.")
  private boolean dryRun;

  @Override
  public Integer call() {
    Rollback rollback =
        new Rollback(config(load()), SparkHadoopUtil.get().newConfiguration(new SparkConf()));
    PrintWriter out = spec().commandLine().getOut();
    out.println("rollback: " + (dryRun ? rollback.plan(to) : rollback.run(to, holder("rollback"))));
    out.flush();
    return ExitCodes.DONE;
  }

  private DistillConfig config(LoadedConfig loaded) {
    if (loaded.hasHeads() && head.isEmpty()) {
      throw new InvalidConfigurationException(
          "Cannot roll back, the student has heads, each with versions of its own: "
              + loaded.headNames()
              + ". Name one with --head.");
    }
    return head.map(loaded::head).orElseGet(loaded::config);
  }
}
