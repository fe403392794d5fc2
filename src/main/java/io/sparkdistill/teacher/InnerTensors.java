package io.sparkdistill.teacher;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import onnx.Onnx;
import org.nd4j.shade.protobuf.InvalidProtocolBufferException;

/**
 * A model whose inner tensors are outputs of it, so that the runtime hands them out.
 *
 * @param model the file
 * @param added outputs that the model as it was given does not have
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on, not kept.
record InnerTensors(byte[] model, Set<String> added) {
  private static final int SHOWN = 20;

  /**
   * Changes a copy of a model that was inspected.
   *
   * @param bytes the model
   * @param spec names tensors that some node gives
   * @return the model with these outputs; the same bytes if there are no names
   */
  static InnerTensors asOutputs(byte[] bytes, OnnxSpec spec) {
    List<String> names = spec.intermediates();
    if (names.isEmpty()) {
      return new InnerTensors(bytes, Set.of());
    }
    Onnx.ModelProto.Builder model;
    try {
      model = Onnx.ModelProto.parseFrom(bytes).toBuilder();
    } catch (InvalidProtocolBufferException e) {
      throw spec.refusal(
          "open", "it is no ONNX model or was cut short", e, key -> "Export it again.");
    }
    Onnx.GraphProto.Builder graph = model.getGraphBuilder();
    Set<String> inner = new LinkedHashSet<>();
    graph.getNodeList().forEach(node -> inner.addAll(node.getOutputList()));
    Set<String> outputs = new LinkedHashSet<>();
    graph.getOutputList().forEach(output -> outputs.add(output.getName()));
    Set<String> added = new LinkedHashSet<>();
    for (String name : names) {
      if (!inner.contains(name)) {
        throw spec.refusal(
            "use",
            "it has no tensor '"
                + name
                + "': it has "
                + String.join(", ", inner.stream().limit(SHOWN).toList())
                + (inner.size() > SHOWN ? ", …" : ""),
            key -> "Correct " + key + ".intermediates.");
      }
      if (outputs.add(name)) {
        added.add(name);
        // The runtime infers the type of an output that has none.
        graph.addOutput(Onnx.ValueInfoProto.newBuilder().setName(name));
      }
    }
    return new InnerTensors(model.build().toByteArray(), added);
  }
}
