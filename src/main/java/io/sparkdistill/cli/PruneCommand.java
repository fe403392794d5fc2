package io.sparkdistill.cli;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.LinkConfig;
import io.sparkdistill.config.reading.LoadedConfig;
import io.sparkdistill.pipeline.Pruning;
import io.sparkdistill.softtargets.PruneReport;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Removes what nobody needs any more. */
@Command(
    name = "prune",
    description = {
      "Removes old versions of soft targets and test targets, and the files that only they list.",
      ""
    },
    footerHeading = "%nWhat stays:%n",
    footer = {
      "  - the newest versions, as many as --keep says; always the newest one",
      "  - versions that somebody reads at the moment; prune says who",
      "  - shards that no version lists yet: what a killed run has labelled",
      "  - files that nobody lists, for a day: a task may still write them",
      "  - students, baselines, evaluations",
      "Two runs never work on an output at once: exit code 5 while another one does.",
      "After a crash all that is left is whole; the next prune goes on.",
      "",
      "Try: jobs/distill prune conf/quickstart.conf --dry-run",
      "Then: jobs/distill prune conf/quickstart.conf --keep 1"
    })
final class PruneCommand extends ConfiguredCommand implements Callable<Integer> {
  @Option(
      names = "--keep",
      paramLabel = "N",
      description =
          "How many of the newest versions stay, 1 or more; softTargets.keepVersions (3 by default)"
              + " if not given.")
  private Optional<Integer> keep = Optional.empty();

  @Option(names = "--dry-run", description = "Says what would be removed; removes nothing.")
  private boolean dryRun;

  @Override
  public Integer call() {
    if (keep.filter(number -> number < 1).isPresent()) {
      throw new ParameterException(
          spec().commandLine(),
          "Invalid value for --keep, it must be 1 or more: " + keep.orElseThrow());
    }
    LoadedConfig loaded = load();
    if (loaded.hasHeads()) {
      loaded.heads().forEach(head -> prune(head.config()));
    } else {
      for (LinkConfig link : loaded.chain()) {
        spec().commandLine().getOut().println("Link " + link.name() + ":");
        prune(link.config());
      }
      prune(loaded.config());
    }
    return ExitCodes.DONE;
  }

  private void prune(DistillConfig config) {
    int newest = keep.orElse(config.softTargets().keepVersions());
    Pruning pruning = new Pruning(config, SparkHadoopUtil.get().newConfiguration(new SparkConf()));
    if (dryRun) {
      show(pruning.plan(newest), "would remove", "would keep");
    } else {
      String holder = holder("prune");
      show(pruning.run(newest, holder), "removed", "kept");
    }
  }

  private void show(List<PruneReport> reports, String removed, String kept) {
    PrintWriter out = spec().commandLine().getOut();
    PruneText text = new PruneText(removed, kept);
    reports.stream().flatMap(text::lines).forEach(out::println);
    out.flush();
  }
}
