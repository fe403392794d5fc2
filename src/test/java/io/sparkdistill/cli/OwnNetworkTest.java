package io.sparkdistill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkdistill.testing.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * A network of the user's own with batch normalisation, convolutions of each channel, dropout,
 * decay and limits goes all the way: averaged over workers, judged, exported in float and int8, and
 * taught again from its zip.
 */
class OwnNetworkTest {
  @TempDir private Path folder;
  private Workspace workspace;

  @BeforeEach
  void create() {
    workspace = Workspace.create(folder);
    workspace.writeConf("");
    workspace.write(
        "distill.conf", workspace.read("distill.conf").replace("student { hidden = [16] }", ""));
    workspace.write("own.json", network().toJson());
  }

  @Test
  void learnsByRoundsAndIsPublishedWithoutWhatOnlyTrainingNeeds() throws IOException {
    CommandRun run = run("run", "student.model=" + folder.resolve("own.json"));

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    JsonNode metrics = new ObjectMapper().readTree(workspace.read("out/evaluation/metrics.json"));
    assertThat(metrics.requiredAt("/models/student/errors").asInt()).isLessThan(100);
    assertThat(metrics.requiredAt("/models/student-int8/errors").asInt()).isLessThan(110);
    Map<String, String> before = Workspace.contents(workspace.output());
    assertThat(run("run", "student.model=" + folder.resolve("own.json")).code()).isZero();
    assertThat(Workspace.contents(workspace.output())).isEqualTo(before);

    Path zip = workspace.output().resolve("student/student.zip");
    MultiLayerNetwork published = ModelSerializer.restoreMultiLayerNetwork(zip.toFile());
    assertThat(published.getLayerWiseConfigurations().toJson())
        .contains("BatchNormalization", "GlobalPoolingLayer")
        .doesNotContain("Dropout", "WeightDecay", "MaxNormConstraint");
    assertThat(published.getLayer(1).getParam("mean").amaxNumber().doubleValue()).isPositive();

    Path again = Files.copy(zip, folder.resolve("again.zip"));
    assertThat(run("train", "student.model=" + again).code()).isZero();
    CommandRun inspected = CommandRun.of("inspect", workspace.output() + "/student");
    assertThat(inspected.code()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(inspected.err()).contains("no soft targets are published there");
  }

  @Test
  void learnsOnTheStockEngineUnlessNobodyCouldRepeatIt() throws IOException {
    CommandRun refused =
        run("run", "student.model=" + folder.resolve("own.json"), "training.engine=dl4j-spark");
    assertThat(refused.code()).isEqualTo(ExitCodes.CONFIGURATION);
    assertThat(refused.err())
        .contains(
            "Cannot train student.model "
                + folder.resolve("own.json")
                + ", the engine dl4j-spark does not seed what is random in its steps: Dropout. Set"
                + " training.engine to rounds, or give a network without it.");
    MultiLayerConfiguration repeatable = network();
    repeatable.getConfs().forEach(layer -> layer.getLayer().setIDropout(null));
    workspace.write("own.json", repeatable.toJson());

    // Letters that Spark takes for a pattern.
    Path odd = folder.resolve("lr[0.1]{b}");
    Files.createDirectories(odd);
    Files.move(folder.resolve("data/train"), odd.resolve("set[12]"));

    CommandRun run =
        run(
            "run",
            "output=\"" + odd.resolve("out") + "\"",
            "dataset.train.path=\"" + odd.resolve("set[12]") + "\"",
            "student.model=" + folder.resolve("own.json"),
            "training.engine=dl4j-spark",
            "evaluation.baseline=false");

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    JsonNode metrics =
        new ObjectMapper().readTree(Files.readString(odd.resolve("out/evaluation/metrics.json")));
    assertThat(metrics.requiredAt("/testRows").asInt()).isEqualTo(200);
    assertThat(metrics.requiredAt("/models/student/errors").asInt()).isLessThan(100);
  }

  @Test
  void givesTheClassesOfAllHeadsTogether() {
    String heads =
        "heads=[{ name = digit }, { name = again, teachers = [], objective.softWeight = 0 }]";
    CommandRun narrow = run("run", heads, "student.model=" + folder.resolve("own.json"));
    assertThat(narrow.err())
        .contains("it gives 3 classes and dataset.classes, of all heads together, is 6.");
    assertThat(workspace.output()).doesNotExist();

    workspace.write("own.json", network(6).toJson());
    CommandRun run =
        run(
            "run",
            heads,
            "student.model=" + folder.resolve("own.json"),
            "training.epochs=1",
            "evaluation.baseline=false");

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(workspace.output().resolve("heads/again/student/student.onnx")).isNotEmptyFile();
  }

  @Test
  void networkThatCannotBeExportedIsRefusedBeforeItIsTrained() {
    workspace.write(
        "own.json", network().toJson().replace("ActivationReLU\"", "ActivationRationalTanh\""));

    CommandRun run = run("run", "student.model=" + folder.resolve("own.json"));

    assertThat(run.err())
        .contains(
            "Cannot write " + folder.resolve("own.json") + " as ONNX",
            "the activation rationaltanh")
        .contains("Set export.onnx to false, or train another student.");
    assertThat(run.code()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(workspace.output()).doesNotExist();
  }

  private static MultiLayerConfiguration network() {
    return network(3);
  }

  private static MultiLayerConfiguration network(int classes) {
    return new NeuralNetConfiguration.Builder()
        .list()
        .layer(
            new ConvolutionLayer.Builder(2, 2)
                .padding(1, 1)
                .nOut(8)
                .hasBias(false)
                .activation(Activation.IDENTITY)
                .build())
        .layer(new BatchNormalization.Builder().decay(0.8).build())
        .layer(new ActivationLayer(Activation.RELU))
        .layer(
            new DepthwiseConvolution2D.Builder(2, 2)
                .depthMultiplier(2)
                .activation(Activation.RELU)
                .build())
        .layer(
            new SeparableConvolution2D.Builder(2, 2).nOut(24).activation(Activation.RELU).build())
        .layer(new GlobalPoolingLayer(PoolingType.AVG))
        .layer(
            new DenseLayer.Builder()
                .nOut(24)
                .activation(Activation.RELU)
                .dropOut(0.95)
                .weightDecay(0.0001)
                .constrainWeights(new MaxNormConstraint(3, 0))
                .build())
        .layer(
            new OutputLayer.Builder(new LossMCXENT())
                .nOut(classes)
                .activation(Activation.SOFTMAX)
                .build())
        .setInputType(InputType.convolutionalFlat(3, 4, 1))
        .build();
  }

  private CommandRun run(String command, String... settings) {
    List<String> args = new ArrayList<>(List.of(command, workspace.conf()));
    for (String setting :
        List.of("training.epochs=15", "export.onnx=true", "compress.quantise=int8")) {
      args.addAll(List.of("--set", setting));
    }
    for (String setting : settings) {
      args.addAll(List.of("--set", setting));
    }
    return CommandRun.of(args.toArray(new String[0]));
  }
}
