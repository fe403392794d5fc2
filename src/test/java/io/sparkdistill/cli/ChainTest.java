package io.sparkdistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkdistill.storage.Sha256;
import io.sparkdistill.testing.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A teacher, an assistant whom it teaches, and a student whom the assistant teaches. */
class ChainTest {
  private static final String CHAIN = "chain=[{ name = assistant, student.hidden = [32] }]";

  @TempDir private Path folder;

  @Test
  void theStudentOfALinkTeachesTheNext() throws IOException {
    Workspace workspace = Workspace.create(folder);

    CommandRun planned = run(workspace, "run", "--dry-run");
    assertThat(planned.err()).isEmpty();
    assertThat(planned.code()).isZero();
    assertThat(workspace.output()).doesNotExist();

    CommandRun run = run(workspace, "run");
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    JsonNode assistant = metrics(workspace, "out/chain/assistant/evaluation/metrics.json");
    JsonNode last = metrics(workspace, "out/evaluation/metrics.json");
    assertThat(assistant.get("models").fieldNames())
        .toIterable()
        .containsExactly("teacher", "student");
    assertThat(last.requiredAt("/models/teacher/errors"))
        .isEqualTo(assistant.at("/models/student/errors"));
    assertThat(last.requiredAt("/models/teacher/parameters").asInt())
        .isEqualTo(12 * 32 + 32 + 32 * 3 + 3);
    Map<String, String> before = Workspace.contents(workspace.output());

    assertThat(run(workspace, "run").code()).isZero();
    assertThat(Workspace.contents(workspace.output())).isEqualTo(before);

    assertThat(run(workspace, "prune", "--keep", "1").out())
        .startsWith(
            "Link assistant:\nsoft-targets: nothing to remove\nsoft-targets: kept version 1")
        .containsOnlyOnce("Link ")
        .hasLineCount(9);

    CommandRun link = run(workspace, "evaluate", "--link", "assistant");
    assertThat(link.code()).isZero();
    assertThat(link.out()).contains("chain/assistant/evaluation/metrics.json");
    assertThat(run(workspace, "verify").code()).isZero();
    Path manifest = workspace.output().resolve("chain/assistant/report/versions/1.json");
    String digest = "\"sha256\" : \"";
    Files.writeString(
        manifest,
        Files.readString(manifest).replaceFirst(digest + "[0-9a-f]{64}", digest + "0".repeat(64)));
    CommandRun damaged = run(workspace, "verify");
    assertThat(damaged.code()).isEqualTo(ExitCodes.INTEGRITY);
    assertThat(damaged.err()).contains("chain/assistant/report/files/", "its SHA-256 is ");
    CommandRun none = run(workspace, "evaluate", "--link", "nobody");
    assertThat(none.code()).isEqualTo(ExitCodes.CONFIGURATION);
    assertThat(none.err()).contains("Cannot use link nobody, the chain has no such link");
  }

  @Test
  void whatTheLastStudentNeedsIsLookedAtBeforeALinkIsTrained() {
    Workspace workspace = Workspace.create(folder);

    for (String more : List.of("run", "--dry-run")) {
      String[] dry = more.equals("run") ? new String[0] : new String[] {more};
      CommandRun where = run(workspace, "run", with(dry, "training.transferSet.where=lable > 0"));
      assertThat(where.err()).contains("Cannot use training.transferSet.where");
      assertThat(where.code()).isEqualTo(ExitCodes.CONFIGURATION);
      CommandRun incumbent =
          run(workspace, "run", with(dry, "evaluation.incumbent=" + folder + "/none.zip"));
      assertThat(incumbent.err()).contains("none.zip", "there is no such file or folder");
      assertThat(workspace.output()).doesNotExist();
    }
  }

  @Test
  void aStudentMayBeginWithWhatALinkHasLearned() throws IOException {
    Workspace workspace = Workspace.create(folder);
    workspace.writeConf("training.epochs = 1\nevaluation.baseline = false");
    String first = workspace.output() + "/chain/assistant/student/student.zip";
    String chain =
        "chain=[{ name = assistant }, { name = further, student.model = \"" + first + "\" }]";

    for (String[] more : new String[][] {{"--dry-run"}, {}}) {
      CommandRun run = run(workspace, "run", with(more, chain));
      assertThat(run.err()).isEmpty();
      assertThat(run.code()).isZero();
    }

    JsonNode further =
        new ObjectMapper()
            .readTree(workspace.read("out/chain/further/student/versions/1.json"))
            .get("inputs");
    assertThat(further.get("student.model.sha256").asText())
        .isEqualTo(Sha256.of(Files.readAllBytes(Path.of(first))));
    assertThat(further.has("student.hidden")).isFalse();
  }

  @Test
  void theNewestStudentOfALinkTeachesWhateverStandsInItsCopysPlace() throws IOException {
    Workspace workspace = Workspace.create(folder);
    workspace.writeConf("training.epochs = 1\nevaluation.baseline = false");
    String[] older = {"--link", "assistant", "--set", "training.seed=2"};
    String[] newer = {"--link", "assistant"};
    Path copy = workspace.output().resolve("chain/assistant/student/student.zip");
    assertThat(run(workspace, "run", older).code()).isZero();
    byte[] first = Files.readAllBytes(copy);
    assertThat(run(workspace, "train", newer).code()).isZero();
    byte[] second = Files.readAllBytes(copy);
    assertThat(second).isNotEqualTo(first);

    // As when the process was killed after the version and before the copy.
    Files.write(copy, first);
    CommandRun label = run(workspace, "label");

    assertThat(label.err()).isEmpty();
    assertThat(label.code()).isZero();
    JsonNode inputs =
        new ObjectMapper()
            .readTree(workspace.read("out/soft-targets/versions/1.json"))
            .get("inputs");
    assertThat(inputs.get("teacher.sha256").asText()).isEqualTo(Sha256.of(second));

    Files.writeString(copy, "damaged");
    CommandRun again = run(workspace, "label");
    assertThat(again.err()).isEmpty();
    assertThat(again.code()).isZero();
    assertThat(workspace.output().resolve("soft-targets/versions/2.json")).doesNotExist();
  }

  private static String[] with(String[] options, String setting) {
    return Stream.concat(Stream.of(options), Stream.of("--set", setting)).toArray(String[]::new);
  }

  private static CommandRun run(Workspace workspace, String command, String... more) {
    String[] args = new String[more.length + 4];
    args[0] = command;
    args[1] = workspace.conf();
    args[2] = "--set";
    args[3] = CHAIN;
    System.arraycopy(more, 0, args, 4, more.length);
    return CommandRun.of(args);
  }

  private static JsonNode metrics(Workspace workspace, String file) throws IOException {
    return new ObjectMapper().readTree(workspace.read(file));
  }
}
