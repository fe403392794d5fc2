package io.sparkdistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkdistill.storage.OutputLock;
import io.sparkdistill.testing.TinyTeacher;
import io.sparkdistill.testing.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Outputs that belong to something else, to somebody else, or to nobody. */
class BadOutputTest {
  @TempDir private Path folder;
  private Workspace workspace;

  @BeforeEach
  void create() {
    workspace = Workspace.create(folder);
  }

  @Test
  void refusesToTrainOnSoftTargetsOfAnotherTeacherNamingBoth() {
    assertThat(CommandRun.of("label", workspace.conf()).code()).isZero();
    new TinyTeacher().scaledBy(2).write(folder.resolve("teacher.onnx"));

    CommandRun train = CommandRun.of("train", workspace.conf());

    assertThat(train.code()).isEqualTo(ExitCodes.INTEGRITY);
    assertThat(train.err())
        .contains("belong to another configuration", "teacher.sha256 is", "there and", "here");
  }

  @Test
  void refusesToReleaseIntoTheOutputHoweverItIsWritten() {
    CommandRun run =
        CommandRun.of(
            "run", workspace.conf(), "--set", "release.publishTo=" + folder + "/./data/../out");

    assertThat(run.err())
        .contains(
            "Cannot release to "
                + workspace.output()
                + ", it is an output: release.publishTo. Set"
                + " it to a folder that serves nothing else.");
    assertThat(run.code()).isEqualTo(ExitCodes.CONFIGURATION);
    assertThat(workspace.output()).doesNotExist();
  }

  @Test
  void baselineIsTrainedByAsManyWorkersAsTheStudent() throws IOException {
    String workers = "training.workers=auto";
    assertThat(CommandRun.of("run", workspace.conf(), "--set", workers).code()).isZero();
    FileUtils.deleteDirectory(workspace.output().resolve("baseline").toFile());
    String before = System.setProperty("spark.master", "local[3]");
    try {
      assertThat(CommandRun.of("run", workspace.conf(), "--set", workers).code()).isZero();
    } finally {
      System.setProperty("spark.master", before);
    }

    JsonNode baseline = new ObjectMapper().readTree(workspace.read("out/baseline/manifest.json"));
    JsonNode student = new ObjectMapper().readTree(workspace.read("out/student/manifest.json"));
    assertThat(baseline.requiredAt("/facts/workers")).isEqualTo(student.at("/facts/workers"));
  }

  @Test
  void refusesOutputOfAnotherDataSetNamingBoth() {
    assertThat(run().code()).isZero();
    String other = folder.resolve("data/test").toString();
    refusedUntouched(
        ExitCodes.INTEGRITY,
        List.of("--set", "dataset.train.path=" + other),
        "belong to another data set",
        "examples.source is " + folder.resolve("data/train") + " there and " + other + " here");
  }

  @Test
  void refusesToTrainOnSoftTargetsOfAnotherCodec() {
    assertThat(CommandRun.of("label", workspace.conf()).code()).isZero();

    CommandRun train =
        CommandRun.of("train", workspace.conf(), "--set", "softTargets.codec=float32");

    assertThat(train.code()).isEqualTo(ExitCodes.INTEGRITY);
    assertThat(train.err()).contains("codec is float16 there and float32 here", "another output");
  }

  @Test
  void refusesSoftTargetsWithOneFlippedByte() throws IOException {
    assertThat(CommandRun.of("label", workspace.conf()).code()).isZero();
    Path part = aSoftTargetFile();
    byte[] bytes = Files.readAllBytes(part);
    bytes[bytes.length / 2] ^= 1;
    Files.write(part, bytes);

    CommandRun run = run();

    assertThat(run.code()).isEqualTo(ExitCodes.INTEGRITY);
    assertThat(run.err())
        .contains(part.getFileName().toString())
        .contains("its file system finds it damaged");
    assertThat(workspace.output().resolve("student/versions")).doesNotExist();
  }

  @Test
  void refusesSoftTargetsWithAMissingFile() throws IOException {
    assertThat(CommandRun.of("label", workspace.conf()).code()).isZero();
    Files.delete(aSoftTargetFile());
    refusedUntouched(ExitCodes.INTEGRITY, "it is gone");
  }

  @Test
  void refusesSoftTargetsThatWereCutShort() throws IOException {
    assertThat(CommandRun.of("label", workspace.conf()).code()).isZero();
    Path part = aSoftTargetFile();
    byte[] bytes = Files.readAllBytes(part);
    Files.write(part, java.util.Arrays.copyOf(bytes, bytes.length - 9));
    refusedUntouched(ExitCodes.INTEGRITY, "it has " + (bytes.length - 9) + " bytes instead of");
  }

  @ParameterizedTest
  @ValueSource(strings = {"evaluation", "report"})
  void verifyReadsWhatIsNeitherCacheNorStudent(String stage) throws IOException {
    assertThat(run().code()).isZero();
    assertThat(CommandRun.of("verify", workspace.conf()).out())
        .contains("Everything is what was published.");
    Path file = oneOf(stage + "/files", "");
    Workspace.flip(file);

    CommandRun verify = CommandRun.of("verify", workspace.conf());

    assertThat(verify.code()).isEqualTo(ExitCodes.INTEGRITY);
    assertThat(verify.err())
        .startsWith("error: Cannot use " + file + ", its SHA-256 is ")
        .contains("It is not what was published");
  }

  @Test
  void verifyMissesTheCacheThatWhatIsPublishedWasMadeFrom() throws IOException {
    refusedByVerify("soft-targets");
    assertThat(run().code()).isZero();
    FileUtils.deleteDirectory(workspace.output().resolve("test-targets/versions").toFile());
    refusedByVerify("test-targets");
    FileUtils.deleteDirectory(workspace.output().resolve("soft-targets/versions").toFile());
    refusedByVerify("soft-targets");
  }

  private void refusedByVerify(String cache) {
    CommandRun verify = CommandRun.of("verify", workspace.conf());
    assertThat(verify.code()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(verify.err())
        .isEqualToIgnoringNewLines(
            "error: Cannot go on without soft targets, none are published in "
                + workspace.output().resolve(cache)
                + ". Run label first, or run for everything.");
  }

  @Test
  void refusesOutputThatCannotBeWritten() throws IOException {
    Files.writeString(folder.resolve("file"), "not a folder");
    CommandRun run =
        CommandRun.of("run", workspace.conf(), "--set", "output=" + folder + "/file/x");
    assertThat(run.code()).isEqualTo(ExitCodes.CONFIGURATION);
    assertThat(run.err())
        .startsWith("error: Cannot write to output " + folder + "/file/x")
        .contains("Give a place that this user may write to");
  }

  @Test
  void secondRunOnOneOutputIsTurnedAway() {
    Configuration conf = new Configuration();
    org.apache.hadoop.fs.Path output = new org.apache.hadoop.fs.Path(workspace.output().toUri());
    assertThat(run().code()).isZero();
    OutputLock lock = OutputLock.acquire(output, "run of other.conf", conf);
    try {
      refusedUntouched(
          ExitCodes.CONFLICT, "another run does: run of other.conf", "Wait until it ends");
    } finally {
      lock.close();
    }
    assertThat(run().code()).isZero();
  }

  private Path aSoftTargetFile() throws IOException {
    return oneOf("soft-targets/files", "part-");
  }

  private Path oneOf(String folder, String prefix) throws IOException {
    try (java.util.stream.Stream<Path> files = Files.walk(workspace.output().resolve(folder))) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .findFirst()
          .orElseThrow();
    }
  }

  private void refusedUntouched(int code, String... messages) {
    refusedUntouched(code, List.of(), messages);
  }

  private void refusedUntouched(int code, List<String> more, String... messages) {
    Map<String, String> before = Workspace.contents(workspace.output());
    CommandRun run = run(more.toArray(new String[0]));
    assertThat(run.err()).startsWith("error: Cannot ").contains(messages);
    assertThat(run.err()).doesNotContain("\tat ");
    assertThat(run.code()).isEqualTo(code);
    assertThat(Workspace.contents(workspace.output())).isEqualTo(before);
  }

  private CommandRun run(String... more) {
    String[] args = new String[more.length + 2];
    args[0] = "run";
    args[1] = workspace.conf();
    System.arraycopy(more, 0, args, 2, more.length);
    return CommandRun.of(args);
  }
}
