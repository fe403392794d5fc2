package io.sparkdistill.export;

import io.sparkdistill.config.ExportConfig;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.software.Versions;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import onnx.Onnx;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.shade.protobuf.InvalidProtocolBufferException;

/**
 * Students as ONNX files: float32 [n, width] in, float32 [n, classes] out, all numbers embedded.
 * Operators are those of ONNX's own set, version {@value #OPSET}, in a file of IR version {@value
 * #IR_VERSION}. The same student gives the same bytes. Stateless and thread-safe.
 */
public final class StudentOnnx {
  /** Name of the input. */
  public static final String FEATURES = "features";

  /** Name of the tensor of logits; that of the output, too, where there is no softmax behind it. */
  public static final String LOGITS = "logits";

  /** Name of the output where there is one. */
  public static final String PROBABILITIES = "probabilities";

  /** The first in which weights are quantised by channel. */
  static final int OPSET = 13;

  static final int IR_VERSION = 7;

  private StudentOnnx() {}

  /**
   * Writes a network.
   *
   * @param network whose last layer gives classes
   * @param place where it was read from, for messages
   * @param head what the output is
   * @param width numbers in a row's features
   * @param classes numbers in a row's answer
   * @param metadata what readers shall know beside that, by name
   * @return the file
   * @throws BadInputException if it has layers that this cannot write
   */
  public static byte[] write(
      MultiLayerNetwork network,
      String place,
      ExportConfig.Head head,
      int width,
      int classes,
      SortedMap<String, String> metadata) {
    OnnxGraph graph = new OnnxGraph("student");
    String output = new LayerNodes(network, graph, place).add(FEATURES, LOGITS);
    if (head == ExportConfig.Head.PROBABILITIES) {
      output = graph.named(PROBABILITIES, "Softmax", List.of(output), Attributes.of("axis", -1L));
    }
    return model(graph.between(FEATURES, width, output, classes), metadata).toByteArray();
  }

  /**
   * Looks whether a network can be written, before it has learned anything.
   *
   * @param configuration whose layers know their inputs; the last gives classes
   * @param place where it was read from, for messages
   * @throws BadInputException if it has layers that this cannot write
   */
  public static void require(MultiLayerConfiguration configuration, String place) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    new LayerNodes(network, new OnnxGraph("student"), place).add(FEATURES, LOGITS);
  }

  /** A model around a graph, which says who wrote it. */
  private static Onnx.ModelProto model(Onnx.GraphProto graph, Map<String, String> metadata) {
    Onnx.ModelProto.Builder model =
        Onnx.ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName(Versions.OWN)
            .setProducerVersion(Versions.own())
            .addOpsetImport(Onnx.OperatorSetIdProto.newBuilder().setVersion(OPSET))
            .setGraph(graph);
    metadata.forEach(
        (key, value) ->
            model.addMetadataProps(
                Onnx.StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return model.build();
  }

  /** What {@link #write} gave. */
  static Onnx.ModelProto read(byte[] bytes) {
    try {
      return Onnx.ModelProto.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static BadInputException refused(String place, String found) {
    return new BadInputException(
        "Cannot write "
            + place
            + " as ONNX, it has what is not known here: "
            + found
            + ". Set export.onnx to false, or train another student.");
  }
}
