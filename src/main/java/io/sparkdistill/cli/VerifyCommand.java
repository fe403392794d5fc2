package io.sparkdistill.cli;

import io.sparkdistill.config.reading.LoadedConfig;
import io.sparkdistill.pipeline.Chain;
import io.sparkdistill.pipeline.Heads;
import io.sparkdistill.pipeline.run.Progress;
import io.sparkdistill.pipeline.run.StopRequest;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Proves that what is published is what was published. */
@Command(
    name = "verify",
    description =
        "Reads the newest version of each stage again, and all versions that were released:"
            + " checksums, counts, ids, digests. Exit code 4 if anything is not what it was. Not"
            + " read: older versions, single trials of tune, and checkpoints.")
final class VerifyCommand extends ConfiguredCommand implements Callable<Integer> {
  @Option(
      names = "--sample",
      paramLabel = "ROWS",
      description = "Asks the teacher again about so many rows, and says how far its answers are.")
  private int sample;

  @Override
  public Integer call() {
    if (sample < 0) {
      throw new ParameterException(
          spec().commandLine(), "Invalid value for --sample, it must be 0 or more: " + sample);
    }
    LoadedConfig loaded = load();
    SparkSession spark = session("verify");
    try {
      Progress progress = progress();
      if (loaded.hasHeads()) {
        new Heads(spark, loaded.heads(), loaded.config(), progress, new StopRequest())
            .verify(sample);
      } else {
        new Chain(
                spark,
                loaded.chain(),
                loaded.config(),
                loaded.recipe(),
                progress,
                new StopRequest())
            .verify(sample);
      }
      spec().commandLine().getOut().println("Everything is what was published.");
    } finally {
      spark.stop();
    }
    return ExitCodes.DONE;
  }
}
