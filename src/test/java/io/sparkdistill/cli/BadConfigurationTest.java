package io.sparkdistill.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.software.Versions;
import io.sparkdistill.testing.Workspace;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configurations and command lines that are wrong: exit code 2. */
class BadConfigurationTest {
  @TempDir private Path folder;
  private Workspace workspace;

  @BeforeEach
  void create() {
    workspace = Workspace.create(folder);
  }

  @Test
  void allProblemsAreReportedAtOnceWithFileAndLine() {
    workspace.writeConf(
        """
        objective { temprature = 2 }
        training.epochs = many
        student.hidden = 16
        dataset.classes = null
        """);

    CommandRun run = CommandRun.of("run", workspace.conf());

    assertThat(run.code()).isEqualTo(ExitCodes.CONFIGURATION);
    assertThat(run.err())
        .contains("it has 4 problems")
        .contains(
            "objective.temprature ("
                + workspace.conf()
                + ":14): no such key, did you mean temperature?")
        .contains("training.epochs (" + workspace.conf() + ":15): expected a whole number")
        .contains("student.hidden (" + workspace.conf() + ":16): expected a list of whole numbers")
        .contains("dataset.classes (" + workspace.conf() + "): is missing and has no default");
    assertThat(workspace.output()).doesNotExist();
  }

  @Test
  void missingConfiguration() {
    CommandRun run = CommandRun.of("run", folder + "/nowhere.conf");
    assertThat(run.code()).isEqualTo(ExitCodes.CONFIGURATION);
    assertThat(run.err()).contains("there is no such file");
  }

  @Test
  void unknownCommandAndNoCommand() {
    assertThat(CommandRun.of("destil").code()).isEqualTo(ExitCodes.CONFIGURATION);
    CommandRun none = CommandRun.of();
    assertThat(none.code()).isEqualTo(ExitCodes.CONFIGURATION);
    assertThat(none.err()).contains("Missing a command: run, label, train, export, evaluate");
  }

  @Test
  void overridesFromTheCommandLineAreNamed() {
    CommandRun run = CommandRun.of("run", workspace.conf(), "--set", "objective.softWeight=1.5");
    assertThat(run.code()).isEqualTo(ExitCodes.CONFIGURATION);
    assertThat(run.err())
        .contains(
            "objective.softWeight (--set objective.softWeight): expected a number from 0.0 to 1.0");
  }

  @Test
  void printConfigShowsValuesOriginsAndNoSecrets() {
    CommandRun run =
        CommandRun.of(
            "print-config", workspace.conf(), "--set", "output=s3a://key:hidden@bucket/out");
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("output = \"s3a://***@bucket/out\"")
        .contains("# --set output")
        .contains("# " + workspace.conf() + ":9")
        .contains("# default")
        .doesNotContain("hidden@");
  }

  @Test
  void printConfigKeepsOriginsNearWhereAValueIsLong() {
    String outputs = IntStream.range(0, 40).mapToObj(i -> "o" + i).collect(joining(","));
    CommandRun run =
        CommandRun.of(
            "print-config", workspace.conf(), "--set", "dataset.test.path=/data/" + outputs);
    assertThat(run.out().lines().filter(line -> line.contains("# default")))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line.length()).isLessThan(90));
  }

  @Test
  void releaseOfALinkIsRefusedBeforeAnythingIsRead() {
    CommandRun run = CommandRun.of("release", folder + "/nowhere.conf", "--link", "assistant");
    assertThat(run.code()).isEqualTo(ExitCodes.CONFIGURATION);
    assertThat(run.err())
        .isEqualTo(
            "error: Cannot release link assistant, only the last student of a chain is released:"
                + " --link. Leave it out.\n");
  }

  @Test
  void helpTeachesAndVersionNamesWhatRuns() {
    CommandRun help = CommandRun.of("--help");
    assertThat(help.code()).isZero();
    assertThat(help.out()).contains("run", "label", "train", "evaluate", "Exit codes:");
    assertThat(help.out())
        .contains(
            "  75  the environment failed, or a training was asked to stop and has kept its\n"
                + "      place: try again\n");
    CommandRun version = CommandRun.of("--version");
    assertThat(version.code()).isZero();
    assertThat(version.out()).contains("spark-distill " + Versions.own(), "Spark 3.5", "Java 17");
  }
}
