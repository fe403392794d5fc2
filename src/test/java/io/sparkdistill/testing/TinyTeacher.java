package io.sparkdistill.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import onnx.Onnx;
import org.nd4j.shade.protobuf.ByteString;

/**
 * A linear teacher as a real ONNX file: logits = scale * features * W, where W sends feature i to
 * class i modulo C, so that the largest group of features wins.
 */
public final class TinyTeacher {
  private String input = "features";
  private String output = "logits";
  private int width = TinyDigits.WIDTH;
  private int classes = TinyDigits.CLASSES;
  private float scale = 4;
  private boolean external;
  private boolean hidden;
  private boolean softmax;

  public TinyTeacher named(String inputName, String outputName) {
    input = inputName;
    output = outputName;
    return this;
  }

  public TinyTeacher withClasses(int number) {
    classes = number;
    return this;
  }

  public TinyTeacher withWidth(int number) {
    width = number;
    return this;
  }

  public TinyTeacher scaledBy(float factor) {
    scale = factor;
    return this;
  }

  public TinyTeacher withExternalWeights() {
    external = true;
    return this;
  }

  /** With a tensor {@code hidden} inside: the features, not below 0. */
  public TinyTeacher withHidden() {
    hidden = true;
    return this;
  }

  /** With probabilities as its output. */
  public TinyTeacher withSoftmax() {
    softmax = true;
    return this;
  }

  private Onnx.GraphProto.Builder withNodes(Onnx.GraphProto.Builder graph) {
    if (softmax) {
      // Nodes stand in the order in which they are computed.
      return linear(graph, "scores")
          .addNode(
              Onnx.NodeProto.newBuilder()
                  .setOpType("Softmax")
                  .addInput("scores")
                  .addOutput(output));
    }
    return linear(graph, output);
  }

  private Onnx.GraphProto.Builder linear(Onnx.GraphProto.Builder graph, String result) {
    if (hidden) {
      graph.addNode(
          Onnx.NodeProto.newBuilder().setOpType("Relu").addInput(input).addOutput("hidden"));
    }
    return graph.addNode(
        Onnx.NodeProto.newBuilder()
            .setOpType("MatMul")
            .addInput(hidden ? "hidden" : input)
            .addInput("weights")
            .addOutput(result));
  }

  public byte[] bytes() {
    return Onnx.ModelProto.newBuilder()
        .setIrVersion(7)
        .addOpsetImport(Onnx.OperatorSetIdProto.newBuilder().setVersion(13))
        .setGraph(
            withNodes(
                Onnx.GraphProto.newBuilder()
                    .setName("tiny")
                    .addInput(value(input, width))
                    .addOutput(value(output, classes))
                    .addInitializer(weights())))
        .build()
        .toByteArray();
  }

  public Path write(Path file) {
    try {
      return Files.write(file, bytes());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Onnx.TensorProto weights() {
    Onnx.TensorProto.Builder tensor =
        Onnx.TensorProto.newBuilder()
            .setName("weights")
            .setDataType(Onnx.TensorProto.DataType.FLOAT.getNumber())
            .addDims(width)
            .addDims(classes);
    if (external) {
      return tensor
          .setDataLocation(Onnx.TensorProto.DataLocation.EXTERNAL)
          .addExternalData(
              Onnx.StringStringEntryProto.newBuilder()
                  .setKey("location")
                  .setValue("../../etc/passwd"))
          .build();
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(width * classes * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < width; i++) {
      for (int c = 0; c < classes; c++) {
        bytes.putFloat(i % classes == c ? scale : 0);
      }
    }
    return tensor.setRawData(ByteString.copyFrom(bytes.array())).build();
  }

  private static Onnx.ValueInfoProto value(String name, int columns) {
    return Onnx.ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            Onnx.TypeProto.newBuilder()
                .setTensorType(
                    Onnx.TypeProto.Tensor.newBuilder()
                        .setElemType(Onnx.TensorProto.DataType.FLOAT.getNumber())
                        .setShape(
                            Onnx.TensorShapeProto.newBuilder()
                                .addDim(
                                    Onnx.TensorShapeProto.Dimension.newBuilder().setDimParam("n"))
                                .addDim(
                                    Onnx.TensorShapeProto.Dimension.newBuilder()
                                        .setDimValue(columns)))))
        .build();
  }
}
