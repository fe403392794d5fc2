package io.sparkdistill.cli;

import io.sparkdistill.pipeline.run.StopRequest;
import io.sparkdistill.pipeline.trials.Tuning;
import io.sparkdistill.pipeline.trials.TuningResult;
import io.sparkdistill.tuning.TuningPlan;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Searches for a better configuration. */
@Command(
    name = "tune",
    description = {
      "Tries the configurations that the block tuning spans, compares their students on training"
          + " rows that none of them learned from, and writes the best one as a file for run.",
      ""
    },
    footerHeading = "%nWhat is published, in OUTPUT/tuning:%n",
    footer = {
      "  - trials.json  all trials with their values and scores, the best first",
      "  - trials.png   the same as a picture",
      "  - best.conf    the best configuration; run it to train and evaluate its student",
      "Soft targets that are missing are made first, once for all trials. Test rows are not read.",
      "A tune that was killed goes on from the trials that it had finished.",
      "",
      "Try: jobs/distill tune conf/tune-quickstart.conf",
      "Then: jobs/distill run target/tune-quickstart/tuning/best.conf"
    })
final class TuneCommand extends ConfiguredCommand implements Callable<Integer>, Stoppable {
  private static final int SHOWN = 20;

  @Option(
      names = "--dry-run",
      description =
          "Checks configuration, data, teacher and all trials, says what would be done; writes"
              + " nothing.")
  private boolean dryRun;

  private StopRequest stop = new StopRequest();

  @Override
  public void heed(StopRequest asked) {
    stop = asked;
  }

  @Override
  public Integer call() {
    TuningPlan plan = TuningPlan.of(load());
    // The picture is drawn without a screen, also where there is one.
    System.setProperty("java.awt.headless", System.getProperty("java.awt.headless", "true"));
    SparkSession spark = session("tune");
    try {
      Tuning tuning = new Tuning(spark, plan, progress(), stop);
      if (dryRun) {
        tuning.plan();
      } else {
        show(tuning.run(holder("tune")));
      }
    } finally {
      spark.stop();
    }
    return ExitCodes.DONE;
  }

  private void show(TuningResult result) {
    spec().commandLine().getOut().print(TrialsTable.render(result.report(), SHOWN));
    show(result.places());
  }
}
