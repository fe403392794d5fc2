package io.sparkdistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkdistill.testing.TinyTeacher;
import io.sparkdistill.testing.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command tune on a small data set whose test rows are nowhere. */
class TuneTest {
  private static final String NO_TEST = "dataset.test.path=nowhere";

  @TempDir private static Path folder;
  private static Workspace workspace;

  @BeforeAll
  static void create() {
    workspace = Workspace.create(folder);
    workspace.writeConf(
        """
        training { epochs = 2, workers = auto }
        tuning {
          trials = 3
          seed = 3
          parameters {
            objective.temperature = [1, 2, 8]
            student.hidden = [[8], [16, 8]]
            training.updater.adam.learningRate { from = 0.001, to = 0.05, scale = log }
          }
          fraction = 0.2
          halving { factor = 2, minEpochs = 1 }
        }
        """);
  }

  @Test
  void findsAConfigurationThatRunAcceptsAndDoesNothingTheSecondTime() throws IOException {
    Path output = folder.resolve("found");
    CommandRun tune = tune(output, NO_TEST);
    assertThat(tune.err()).isEmpty();
    assertThat(tune.code()).isZero();
    assertThat(tune.out()).contains("as configured", "trials.json", "best.conf", "trials.png");
    assertThat(output.resolve("test-targets")).doesNotExist();

    JsonNode trials = trials(output);
    assertThat(trials.get("rows").asInt()).isBetween(80, 160);
    assertThat(trials.get("trials")).hasSize(4);
    JsonNode best = trials.requiredAt("/trials/0");
    assertThat(best.get("epochs").asInt()).isEqualTo(2);
    JsonNode asConfigured = number(trials, 1);
    assertThat(asConfigured.get("epochs").asInt()).isEqualTo(2);
    assertThat(best.requiredAt("/score/errors").asInt())
        .isLessThanOrEqualTo(asConfigured.requiredAt("/score/errors").asInt());

    Map<String, String> before = Workspace.contents(output);
    assertThat(tune(output, NO_TEST).code()).isZero();
    assertThat(Workspace.contents(output)).isEqualTo(before);
    CommandRun verify =
        CommandRun.of("verify", workspace.conf(), "--set", "output=" + output, "--set", NO_TEST);
    assertThat(verify.err()).isEmpty();
    assertThat(verify.out()).isEqualToIgnoringNewLines("Everything is what was published.");

    CommandRun run =
        CommandRun.of(
            "run",
            output.resolve("tuning/best.conf").toString(),
            "--set",
            "dataset.test.path=" + folder + "/data/test");
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(output.resolve("evaluation/metrics.json")).exists();
    assertThat(Files.readString(output.resolve("evaluation/report.html")))
        .contains("Other configurations", "by objective.temperature");
    changedByteOfTheTableIsFound(output);
  }

  private static void changedByteOfTheTableIsFound(Path output) throws IOException {
    Path file = file(output.resolve("tuning/files"), "trials.json");
    Workspace.flip(file);
    CommandRun verify =
        CommandRun.of(
            "verify",
            output.resolve("tuning/best.conf").toString(),
            "--set",
            "dataset.test.path=" + folder + "/data/test");
    assertThat(verify.err())
        .startsWith("error: Cannot use " + file + ", its SHA-256 is ")
        .contains("It is not what was published");
    assertThat(verify.code()).isEqualTo(ExitCodes.INTEGRITY);
  }

  @Test
  void howManyTrainAtATimeChangesNoBitOfTheTable() throws IOException {
    Path one = folder.resolve("one");
    Path three = folder.resolve("three");
    assertThat(tune(one, "tuning.parallel=1").code()).isZero();
    assertThat(tune(three, "tuning.parallel=3").code()).isZero();
    assertThat(three.resolve("tuning/trials.json"))
        .hasSameBinaryContentAs(one.resolve("tuning/trials.json"));
    assertThat(three.resolve("tuning/trials.png"))
        .hasSameBinaryContentAs(one.resolve("tuning/trials.png"));
  }

  @Test
  void killedTuneTrainsNoTrialAgainThatItHadFinished() throws IOException {
    Path output = folder.resolve("killed");
    assertThat(tune(output).code()).isZero();
    String table = Files.readString(output.resolve("tuning/trials.json"));
    Path trials = output.resolve("tuning/trials");
    List<Path> finished = new ArrayList<>(list(trials));
    Path lost = finished.remove(0);
    Map<String, String> before = Workspace.contents(trials);
    before.keySet().removeIf(name -> name.startsWith(lost.getFileName().toString()));
    // What is there when the process is killed in its last training: no outcome, and half a file.
    delete(lost.resolve("versions"));
    delete(output.resolve("tuning/versions"));
    delete(output.resolve("tuning/files"));
    Path half = file(lost.resolve("files"), "score.json");
    Files.write(half, Arrays.copyOf(Files.readAllBytes(half), 20));

    CommandRun again;
    // The cluster has grown, but not by the workers of trials that are compared with others.
    System.setProperty("spark.master", "local[3]");
    try {
      again = tune(output);
    } finally {
      System.setProperty("spark.master", "local[2]");
    }

    assertThat(again.code()).isZero();
    assertThat(again.said())
        .filteredOn(line -> line.contains(" trained 1 of "))
        .hasSize(1)
        .allMatch(line -> line.startsWith("tuning: rung "));
    assertThat(Files.readString(output.resolve("tuning/trials.json"))).isEqualTo(table);
    Map<String, String> after = new TreeMap<>(Workspace.contents(trials));
    after.keySet().removeIf(name -> name.startsWith(lost.getFileName().toString()));
    assertThat(after).isEqualTo(before);
    assertThat(lost.resolve("versions/1.json")).exists();
  }

  @Test
  void trialThatDivergesIsATrialLikeOthers() throws IOException {
    Path output = folder.resolve("diverged");
    CommandRun tune =
        tune(
            output,
            "tuning.search=grid",
            "tuning.halving.minEpochs=0",
            "training.epochs=1",
            "training.schedule=constant",
            "student={hidden=[16,16,16,16],activation=leakyrelu}",
            "tuning.parameters=null",
            "tuning.parameters={training.updater=[{sgd{learningRate=1000}}]}");
    assertThat(tune.err()).isEmpty();
    assertThat(tune.code()).isZero();
    assertThat(tune.out()).contains("diverged");
    JsonNode trials = trials(output);
    assertThat(trials.requiredAt("/trials/0/number").asInt()).isEqualTo(1);
    assertThat(trials.requiredAt("/trials/1/score/parameters").asInt()).isZero();
  }

  @Test
  void tuneWhoseTrialsAllDivergeNamesNoBestOne() {
    Path output = folder.resolve("hopeless");
    CommandRun tune =
        tune(
            output,
            "tuning.search=grid",
            "tuning.halving.minEpochs=0",
            "training.epochs=1",
            "training.schedule=constant",
            "training.updater=null",
            "training.updater={sgd{learningRate=1000}}",
            "student={hidden=[16,16,16,16],activation=leakyrelu}",
            "tuning.parameters=null",
            "tuning.parameters={training.seed=[7]}");
    assertThat(tune.err())
        .startsWith("error: Cannot name a best trial, training diverged in all that were to train")
        .contains("Lower training.updater's learningRate, or raise training.explodedLoss.");
    assertThat(tune.code()).isEqualTo(ExitCodes.INTERNAL);
    assertThat(output.resolve("tuning/versions")).doesNotExist();
  }

  @Test
  void tuneThatIsAskedToStopBeginsNoFurtherTrialAndKeepsWhatIsDone() throws IOException {
    Path output = folder.resolve("stopped");
    String again =
        "error: Cannot go on with the next stage, the process was asked to stop. What was"
            + " published stays; run the same command again.\n";
    for (String beginning : List.of("soft-targets: ", "tuning: rung 1 of 2")) {
      CommandRun stopped = CommandRun.stoppedAt(beginning, arguments(output));
      assertThat(stopped.err()).isEqualTo(again);
      assertThat(stopped.code()).isEqualTo(ExitCodes.TRANSIENT);
      assertThat(output.resolve("tuning/versions")).doesNotExist();
    }
    assertThat(list(output.resolve("tuning/trials"))).hasSize(4);
  }

  @Test
  void trialThatWasStoppedGoesOnFromItsCheckpointAndTheTableIsTheSame() throws IOException {
    Path undisturbed = folder.resolve("undisturbed");
    Path output = folder.resolve("resumed");
    String[] settings = {
      "tuning.parallel=1",
      "tuning.search=grid",
      "tuning.halving.minEpochs=0",
      "tuning.parameters=null",
      "tuning.parameters={training.seed=[7]}"
    };
    assertThat(tune(undisturbed, settings).code()).isZero();
    CommandRun stopped =
        CommandRun.stoppedAt("tune, rung 1: 1 of 4 epochs", arguments(output, settings));
    assertThat(stopped.code()).isEqualTo(ExitCodes.TRANSIENT);
    assertThat(stopped.err())
        .startsWith("error: Cannot go on training, the process was asked to stop: after round ")
        .endsWith("Run the same command again, it goes on from there.\n");

    CommandRun again = tune(output, settings);

    assertThat(again.err()).isEmpty();
    assertThat(again.said())
        .filteredOn(line -> line.contains(": goes on from checkpoint 1, after round "))
        .hasSize(1)
        .allMatch(line -> line.startsWith("tuning/trials/"));
    assertThat(output.resolve("tuning/trials.json"))
        .hasSameBinaryContentAs(undisturbed.resolve("tuning/trials.json"));
  }

  @Test
  void studentsOfSeveralTeachersAreComparedWithAllOfThem() throws IOException {
    Path output = folder.resolve("several");
    new TinyTeacher().scaledBy(1).write(folder.resolve("weak.onnx"));
    CommandRun tune =
        tune(
            output,
            "teachers=[{ name = one, onnx = \"%1$s/teacher.onnx\" },".formatted(folder)
                + " { name = weak, onnx = \"%1$s/weak.onnx\" }]".formatted(folder),
            "ensemble.combine=random",
            "tuning.search=grid",
            "tuning.halving.minEpochs=0",
            "training.epochs=1",
            "tuning.parameters=null",
            "tuning.parameters={objective.kind=[hinton,label-smoothing]}");
    assertThat(tune.err()).isEmpty();
    assertThat(tune.code()).isZero();
    JsonNode trials = trials(output).get("trials");
    assertThat(trials).hasSize(2);
    trials.forEach(
        trial -> assertThat(trial.requiredAt("/score/kl").asDouble()).isBetween(0.0, 2.0));
  }

  @Test
  void badValuesOfTrialsAreAllNamedAndNothingIsWritten() {
    Path output = folder.resolve("bad");
    CommandRun tune =
        tune(
            output,
            "tuning.parameters.objective.temperature=[0, 2]",
            "tuning.parameters.student.activation=[step]");
    assertThat(tune.code()).isEqualTo(ExitCodes.CONFIGURATION);
    assertThat(tune.err())
        .contains(
            "objective.temperature (tuning.parameters): expected a number from 0.01 to 1000.0")
        .contains("student.activation (tuning.parameters): expected one of relu");
    assertThat(output).doesNotExist();
  }

  @Test
  void valuesThatALinkCannotHaveAreRefusedBeforeAnythingIsTrained() {
    Path output = folder.resolve("links");
    CommandRun tune =
        tune(
            output,
            "chain=[{ name = big, objective { kind = logits } }]",
            "tuning.parameters={ objective = [{ kind = dkd, beta = 8 }] }");
    assertThat(tune.err()).contains("chain[0].objective.beta", "no such key where objective.kind");
    assertThat(tune.code()).isEqualTo(ExitCodes.CONFIGURATION);
    assertThat(output).doesNotExist();
  }

  @Test
  void conditionThatSparkDoesNotTakeIsRefusedBeforeTheTeacherIsAsked() {
    Path output = folder.resolve("condition");
    String where = "training.transferSet.where=\"lable <> 3\"";
    CommandRun dry =
        CommandRun.of("tune", workspace.conf(), "--dry-run", "--set", out(output), "--set", where);
    assertThat(dry.err()).contains("lable");
    assertThat(dry.code()).isEqualTo(ExitCodes.CONFIGURATION);
    CommandRun tune = tune(output, where);
    assertThat(tune.code()).isEqualTo(ExitCodes.CONFIGURATION);
    assertThat(output.resolve("soft-targets")).doesNotExist();
  }

  @Test
  void trialThatDoesNotFitTheRowsIsRefusedBeforeTheFirstIsTrained() {
    Path output = folder.resolve("misfit");
    CommandRun tune = tune(output, "tuning.parameters={ training.augmentation.shift = [0, 1] }");
    assertThat(tune.err()).contains("training.augmentation", "12");
    assertThat(tune.code()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(output.resolve("tuning")).doesNotExist();
  }

  @Test
  void dryRunSaysHowManyTrialsAndWritesNothing() {
    Path output = folder.resolve("dry");
    CommandRun dry = CommandRun.of("tune", workspace.conf(), "--dry-run", "--set", out(output));
    assertThat(dry.err()).isEmpty();
    assertThat(dry.code()).isZero();
    assertThat(dry.said())
        .filteredOn(line -> line.startsWith("tuning"))
        .containsExactly("tuning: would train 4 trials for 1 epochs, 2 for 2");
    assertThat(output).doesNotExist();
  }

  @Test
  void helpSaysWhatIsPublished() {
    CommandRun help = CommandRun.of("tune", "--help");
    assertThat(help.code()).isZero();
    assertThat(help.out()).contains("--dry-run", "trials.json", "trials.png", "best.conf");
    assertThat(CommandRun.of("--help").out()).contains("tune");
  }

  private static CommandRun tune(Path output, String... settings) {
    return CommandRun.of(arguments(output, settings));
  }

  private static String[] arguments(Path output, String... settings) {
    List<String> args = new ArrayList<>(List.of("tune", workspace.conf(), "--set", out(output)));
    for (String setting : settings) {
      args.add("--set");
      args.add(setting);
    }
    return args.toArray(new String[0]);
  }

  private static String out(Path output) {
    return "output=" + output;
  }

  private static JsonNode trials(Path output) throws IOException {
    return new ObjectMapper().readTree(output.resolve("tuning/trials.json").toFile());
  }

  private static JsonNode number(JsonNode trials, int number) {
    for (JsonNode trial : trials.get("trials")) {
      if (trial.get("number").asInt() == number) {
        return trial;
      }
    }
    throw new AssertionError(number);
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    }
  }

  private static Path file(Path folder, String name) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(path -> path.endsWith(name)).findFirst().orElseThrow();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
