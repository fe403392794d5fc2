package io.sparkdistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkdistill.testing.TinyDigits;
import io.sparkdistill.testing.TinyStudent;
import io.sparkdistill.testing.Workspace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command tune, begun and gone on with where something is another by then. */
class ResumedTuneTest {
  private static final String AMID_THE_FIRST_TRIAL = "tune, rung 1: 1 of 4 epochs";

  @TempDir private Path folder;
  private Workspace workspace;

  @BeforeEach
  void create() {
    workspace = Workspace.create(folder);
    workspace.writeConf(
        """
        training { epochs = 2, workers = auto }
        tuning { search = grid, parallel = 1, fraction = 0.2, halving.minEpochs = 0 }
        """);
  }

  @Test
  void trialsThatFollowOneThatWasStoppedTrainWithAsManyWorkers() throws IOException {
    String seeds = "tuning.parameters={training.seed=[7]}";
    CommandRun stopped = CommandRun.stoppedAt(AMID_THE_FIRST_TRIAL, arguments(seeds));
    assertThat(stopped.code()).as(stopped.err()).isEqualTo(ExitCodes.TRANSIENT);

    CommandRun again;
    System.setProperty("spark.master", "local[3]");
    try {
      again = CommandRun.of(arguments(seeds));
    } finally {
      System.setProperty("spark.master", "local[2]");
    }

    assertThat(again.err()).isEmpty();
    assertThat(again.said()).anyMatch(line -> line.contains(": goes on from checkpoint 1, after"));
    assertThat(trials())
        .hasSize(2)
        .allMatch(trial -> trial.requiredAt("/facts/workers").asInt() == 2);
  }

  @Test
  void workersThatATrialNamesAreThoseOfNoOther() throws IOException {
    String workers = "tuning.parameters={training.workers=[1]}";
    assertThat(CommandRun.of(arguments(workers)).err()).isEmpty();
    for (Path trial : list(workspace.output().resolve("tuning/trials"))) {
      if (workers(manifest(trial)).equals("auto")) {
        Files.delete(trial.resolve("versions/1.json"));
      }
    }
    Files.delete(workspace.output().resolve("tuning/versions/1.json"));

    assertThat(CommandRun.of(arguments(workers)).err()).isEmpty();

    assertThat(trials())
        .hasSize(2)
        .allMatch(
            trial ->
                trial.requiredAt("/facts/workers").asInt()
                    == (workers(trial).equals("auto") ? 2 : 1));
  }

  @Test
  void networkThatBecomesAnotherWhileTrialsTrainIsRefusedAndTheNextRunComparesThatOne()
      throws IOException {
    workspace.write(
        "distill.conf", workspace.read("distill.conf").replace("student { hidden = [16] }", ""));
    Path model = folder.resolve("own.json");
    String json = json(TinyStudent.zip(TinyDigits.WIDTH, TinyDigits.CLASSES));
    workspace.write("own.json", json);
    String[] settings = {"student.model=" + model, "tuning.parameters={training.seed=[7]}"};

    CommandRun changed =
        CommandRun.heardBy(
            line -> {
              if (line.startsWith(AMID_THE_FIRST_TRIAL)) {
                workspace.write("own.json", json + "\n");
              }
            },
            arguments(settings));

    assertThat(changed.err())
        .startsWith("error: Cannot train trial ")
        .endsWith(
            ", its network changed while others were trained: student.model is "
                + model
                + ". Run again; trials of the network that it is by now are compared.\n");
    assertThat(changed.code()).isEqualTo(ExitCodes.TRANSIENT);
    assertThat(CommandRun.of(arguments(settings)).err()).isEmpty();
    assertThat(trials()).hasSize(3);
  }

  private String[] arguments(String... settings) {
    List<String> args = new ArrayList<>(List.of("tune", workspace.conf()));
    for (String setting : settings) {
      args.addAll(List.of("--set", setting));
    }
    return args.toArray(new String[0]);
  }

  private List<JsonNode> trials() throws IOException {
    List<JsonNode> trials = new ArrayList<>();
    for (Path trial : list(workspace.output().resolve("tuning/trials"))) {
      trials.add(manifest(trial));
    }
    return trials;
  }

  private static JsonNode manifest(Path trial) throws IOException {
    return new ObjectMapper().readTree(trial.resolve("versions/1.json").toFile());
  }

  private static String workers(JsonNode manifest) {
    return manifest.get("inputs").get("training.workers").asText();
  }

  private static String json(byte[] zip) throws IOException {
    try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(zip))) {
      while (!entries.getNextEntry().getName().equals("configuration.json")) {
        entries.closeEntry();
      }
      return new String(entries.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    }
  }
}
