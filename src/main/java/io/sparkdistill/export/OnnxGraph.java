package io.sparkdistill.export;

import java.util.List;
import java.util.Locale;
import onnx.Onnx;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.TensorProto;

/**
 * A graph in the making. Tensors are named by what gives them and their number, so that the same
 * network gives the same bytes. Not thread-safe.
 */
final class OnnxGraph {
  private final Onnx.GraphProto.Builder graph;

  OnnxGraph(String name) {
    this.graph = Onnx.GraphProto.newBuilder().setName(name);
  }

  /** Adds numbers, and gives their name. */
  String constant(TensorProto tensor) {
    graph.addInitializer(tensor);
    return tensor.getName();
  }

  /** Adds a node with one output, and gives the name of that. */
  String node(String operator, List<String> inputs, AttributeProto... attributes) {
    return named(operator.toLowerCase(Locale.ROOT) + size(), operator, inputs, attributes);
  }

  /** The same, with a name for the output. */
  String named(String output, String operator, List<String> inputs, AttributeProto... attributes) {
    Onnx.NodeProto.Builder node =
        Onnx.NodeProto.newBuilder()
            .setName("node" + size())
            .setOpType(operator)
            .addAllInput(inputs)
            .addOutput(output);
    for (AttributeProto attribute : attributes) {
      node.addAttribute(attribute);
    }
    graph.addNode(node);
    return output;
  }

  /** Adds a node of another graph, named by its place in this one. */
  void add(Onnx.NodeProto node) {
    graph.addNode(node.toBuilder().setName("node" + size()));
  }

  /** How many nodes there are. */
  int size() {
    return graph.getNodeCount();
  }

  /** The graph, float32 [n, width] in, float32 [n, classes] out. */
  Onnx.GraphProto between(String input, int width, String output, int classes) {
    return graph.addInput(rows(input, width)).addOutput(rows(output, classes)).build();
  }

  /** The graph between the inputs and outputs of another. */
  Onnx.GraphProto like(Onnx.GraphProto other) {
    return graph.addAllInput(other.getInputList()).addAllOutput(other.getOutputList()).build();
  }

  private static Onnx.ValueInfoProto rows(String name, int columns) {
    return Onnx.ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            Onnx.TypeProto.newBuilder()
                .setTensorType(
                    Onnx.TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT.getNumber())
                        .setShape(
                            Onnx.TensorShapeProto.newBuilder()
                                .addDim(dimension().setDimParam("n"))
                                .addDim(dimension().setDimValue(columns)))))
        .build();
  }

  private static Onnx.TensorShapeProto.Dimension.Builder dimension() {
    return Onnx.TensorShapeProto.Dimension.newBuilder();
  }
}
