package io.sparkdistill.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command that holds the others. */
@Command(
    name = "distill",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Distils a large teacher into a small student on Spark: asks the teacher once for its soft"
          + " targets, trains the student on them by parameter averaging, and shows what it is worth.",
      ""
    },
    footerHeading = "%nExit codes:%n",
    footer = {
      "   0  done, or nothing to do",
      "   1  internal error: report it; or training diverged: lower the learning rate",
      "   2  usage or configuration: correct it",
      "   3  bad input (data set or teacher): correct it",
      "   4  integrity refused (what is published belongs to something else, or was",
      "      changed): look first",
      "   5  another run works on this output: wait for it",
      "  75  the environment failed, or a training was asked to stop and has kept its",
      "      place: try again",
      "",
      "Try: jobs/distill run conf/quickstart.conf",
      "Then: jobs/distill run conf/quickstart.conf --set objective.temperature=2"
    },
    subcommands = {
      StageCommand.Run.class,
      StageCommand.Label.class,
      StageCommand.Train.class,
      StageCommand.Export.class,
      StageCommand.Evaluate.class,
      StageCommand.Release.class,
      RollbackCommand.class,
      TuneCommand.class,
      VerifyCommand.class,
      PruneCommand.class,
      InspectCommand.class,
      PrintConfigCommand.class
    })
final class DistillCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Missing a command: run, label, train, export, evaluate, release, rollback, tune, verify,"
            + " prune, inspect or print-config.");
  }
}
