package io.sparkdistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkdistill.storage.Sha256;
import io.sparkdistill.student.NativeBackend;
import io.sparkdistill.student.StudentZip;
import io.sparkdistill.testing.TinyDigits;
import io.sparkdistill.testing.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Students as files for others, from the command line. */
class ExportTest {
  @TempDir private Path folder;

  @Test
  void compressedStudentsArePublishedJudgedAndMeasured() throws IOException {
    Workspace workspace = Workspace.create(folder);
    workspace.writeConf(
        """
        export { onnx = true, latency { seconds = 0.01, batches = [1, 16] } }
        compress { prune = 0.4, epochs = 2, quantise = int8, calibrationRows = 50 }
        evaluation.baseline = false
        """);

    CommandRun run = CommandRun.of("run", workspace.conf());

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains(
            "16 rows: p50 µs", "teacher / student: ", "teacher / pruned-int8: ", "student.onnx");
    JsonNode metrics = json(workspace, "evaluation/metrics.json").get("models");
    assertThat(metrics.fieldNames())
        .toIterable()
        .containsExactly("teacher", "student", "pruned", "student-int8", "pruned-int8");
    assertThat(metrics.requiredAt("/pruned/parameters").asInt())
        .isLessThanOrEqualTo((int) (0.6 * metrics.requiredAt("/student/parameters").asInt()));
    for (String model : new String[] {"pruned", "student-int8", "pruned-int8"}) {
      assertThat(metrics.requiredAt("/" + model + "/agreementWithTeacher").asDouble())
          .isGreaterThan(0.6);
    }
    JsonNode sizes = json(workspace, "student/sizes.json");
    assertThat(sizes.requiredAt("/students/0/file").asText()).isEqualTo("student.onnx");
    assertThat(sizes.requiredAt("/students/0/bytes").asLong())
        .isEqualTo(Files.size(workspace.output().resolve("student/student.onnx")));
    assertThat(sizes.requiredAt("/students/0/maxDifference").asDouble()).isLessThan(1e-4);
    assertThat(sizes.requiredAt("/teachers/0/multiplyAdds").asInt()).isEqualTo(36);

    Map<String, String> before = Workspace.contents(workspace.output());
    assertThat(CommandRun.of("run", workspace.conf()).code()).isZero();
    assertThat(Workspace.contents(workspace.output())).isEqualTo(before);
    assertThat(CommandRun.of("verify", workspace.conf()).code()).isZero();
    changedByteOfAnExportIsFound(workspace);

    assertThat(CommandRun.of("train", workspace.conf(), "--set", "training.seed=2").code())
        .isZero();
    assertThat(workspace.output().resolve("student/student.onnx")).doesNotExist();
    CommandRun stale = CommandRun.of("evaluate", workspace.conf(), "--set", "training.seed=2");
    assertThat(stale.code()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(stale.err())
        .contains("Cannot evaluate students in int8, there are none of this configuration in")
        .contains("Run export first");
    assertThat(CommandRun.of("evaluate", workspace.conf(), "--dry-run", "--set", "training.seed=2"))
        .isEqualTo(stale);

    damage(workspace.output().resolve("student/files"), "student.zip");
    CommandRun damaged = CommandRun.of("export", workspace.conf(), "--set", "training.seed=2");
    assertThat(damaged.code()).isEqualTo(ExitCodes.INTEGRITY);
    assertThat(damaged.err()).contains("It is not what was published");
    assertThat(workspace.output().resolve("student/student.onnx")).doesNotExist();
  }

  private static void changedByteOfAnExportIsFound(Workspace workspace) throws IOException {
    Path file = exported(workspace, "student.onnx");
    Workspace.flip(file);
    CommandRun verify = CommandRun.of("verify", workspace.conf());
    assertThat(verify.err())
        .startsWith("error: Cannot use " + file + ", its SHA-256 is ")
        .contains("It is not what was published");
    assertThat(verify.code()).isEqualTo(ExitCodes.INTEGRITY);
    Workspace.flip(file);
  }

  private Workspace inDynamicInt8() {
    Workspace workspace = Workspace.create(folder);
    workspace.writeConf(
        """
        training.epochs = 1
        export { onnx = true, latency.seconds = 0 }
        compress.quantise = int8-dynamic
        evaluation.baseline = false
        """);
    assertThat(CommandRun.of("run", workspace.conf()).code()).isZero();
    return workspace;
  }

  @Test
  void studentThatIsDamagedAndSaidToBePublishedSoIsCalledAStudent() throws IOException {
    Workspace workspace = inDynamicInt8();
    Path file = exported(workspace, "student-int8.onnx");
    byte[] whole = Files.readAllBytes(file);
    byte[] cut = Arrays.copyOf(whole, whole.length / 2);
    Files.write(file, cut);
    Path manifest = workspace.output().resolve("export/versions/1.json");
    Files.writeString(
        manifest,
        Files.readString(manifest)
            .replace(Sha256.of(whole), Sha256.of(cut))
            .replaceAll("\\b" + whole.length + "\\b", Integer.toString(cut.length)));

    CommandRun run = CommandRun.of("evaluate", workspace.conf());

    assertThat(run.err())
        .isEqualTo(
            "error: Cannot open student "
                + file
                + ", it is no ONNX model or was cut short. Restore it, or export it again into"
                + " another output.\n");
    assertThat(run.code()).isEqualTo(ExitCodes.INTEGRITY);
  }

  @Test
  void studentWhoseRangesAreThoseOfABatchIsJudgedRowByRow() throws IOException {
    Workspace workspace = inDynamicInt8();
    JsonNode inBatches = json(workspace, "evaluation/metrics.json").at("/models/student-int8");
    assertThat(inBatches.get("nll").asDouble()).isPositive();
    Files.move(workspace.output().resolve("evaluation"), folder.resolve("before"));

    CommandRun run = CommandRun.of("evaluate", workspace.conf(), "--set", "evaluation.batchSize=1");

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(json(workspace, "evaluation/metrics.json").at("/models/student-int8"))
        .isEqualTo(inBatches);
  }

  @Test
  void sizesAreReportedOfThoseStudentsThatWereJudged() throws IOException {
    Workspace workspace = Workspace.create(folder);
    workspace.writeConf(
        """
        export { onnx = true, latency.seconds = 0 }
        compress { prune = 0.2, epochs = 1, quantise = none }
        evaluation.baseline = false
        """);
    assertThat(CommandRun.of("run", workspace.conf()).code()).isZero();
    assertThat(workspace.read("out/evaluation/report.html")).contains("How small and how fast");

    for (String command : new String[] {"train", "evaluate"}) {
      assertThat(CommandRun.of(command, workspace.conf(), "--set", "compress.prune=0.6").code())
          .isZero();
    }

    assertThat(workspace.read("out/evaluation/report.html"))
        .doesNotContain("How small and how fast");
  }

  @Test
  void teacherThatCannotBeWrittenAsOnnxKeepsNoStudentFromIt() throws IOException {
    Workspace workspace = Workspace.create(folder);
    Path teacher = Files.write(folder.resolve("softsign.zip"), softsign());
    workspace.writeConf(
        "teachers = [{ dl4j = \""
            + teacher
            + "\" }], evaluation.baseline = false, export.onnx = true");

    CommandRun run = CommandRun.of("run", workspace.conf());

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(workspace.output().resolve("student/student.onnx")).exists();
    JsonNode sizes = json(workspace, "student/sizes.json");
    assertThat(sizes.get("teachers")).isEmpty();
    assertThat(sizes.get("students")).hasSize(1);
  }

  private static Path exported(Workspace workspace, String name) throws IOException {
    try (Stream<Path> files = Files.walk(workspace.output().resolve("export/files"))) {
      return files.filter(path -> path.endsWith(name)).findFirst().orElseThrow();
    }
  }

  private static JsonNode json(Workspace workspace, String file) throws IOException {
    return new ObjectMapper().readTree(workspace.read("out/" + file));
  }

  private static byte[] softsign() {
    NativeBackend.choose();
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .list()
                .layer(new DenseLayer.Builder().nOut(5).activation(Activation.SOFTSIGN).build())
                .layer(
                    new OutputLayer.Builder(new LossMCXENT())
                        .nOut(TinyDigits.CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.feedForward(TinyDigits.WIDTH))
                .build());
    network.init();
    return StudentZip.write(
        network.getLayerWiseConfigurations(), network.params().dup('c').data().asFloat());
  }

  private static void damage(Path root, String name) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(path -> path.endsWith(name)).toList()) {
        Files.write(file, new byte[] {'P', 'K', 3, 4});
      }
    }
  }
}
