package io.sparkdistill.export;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import onnx.Onnx;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.TensorProto.DataType;

/**
 * A student with int8 weights whose tensors are brought into 256 steps as they come, in the range
 * that the batch has: no rows are needed for it, a row's answer depends on those beside it, and
 * finding the range takes time. Not thread-safe.
 */
final class DynamicQuantisation {
  private final FloatGraph from;
  private final OnnxGraph to = new OnnxGraph("student-int8");

  /** Steps, length of a step and zero point, by the tensor. */
  private final Map<String, List<String>> quantised = new HashMap<>();

  private DynamicQuantisation(FloatGraph from) {
    this.from = from;
  }

  /** Quantises a model that {@link StudentOnnx} wrote. */
  static byte[] of(byte[] model) {
    Onnx.ModelProto read = StudentOnnx.read(model);
    Onnx.GraphProto graph = new DynamicQuantisation(new FloatGraph(read.getGraph())).graph();
    return read.toBuilder().setGraph(graph).build().toByteArray();
  }

  private Onnx.GraphProto graph() {
    for (Onnx.NodeProto node : from.nodes()) {
      if (FloatGraph.isProduct(node)) {
        product(node);
      } else {
        node.getInputList().forEach(name -> from.constant(name).ifPresent(to::constant));
        to.add(node);
      }
    }
    return to.like(from.proto());
  }

  private void product(Onnx.NodeProto node) {
    boolean filters = node.getOpType().equals("Conv");
    Onnx.TensorProto weights = from.constant(node.getInput(1)).orElseThrow();
    Int8Weights steps = Int8Weights.of(node, weights);
    List<String> input = quantised.computeIfAbsent(node.getInput(0), this::quantise);
    String name = node.getOutput(0);
    List<String> inputs = new ArrayList<>();
    inputs.add(input.get(0));
    inputs.add(
        to.constant(
            Tensors.of(
                weights.getName() + "_steps",
                steps.steps(),
                DataType.INT8,
                weights.getDimsList().stream().mapToLong(Long::longValue).toArray())));
    inputs.add(input.get(2));
    String sums =
        to.named(
            name + "_sums",
            filters ? "ConvInteger" : "MatMulInteger",
            inputs,
            node.getAttributeList().toArray(new AttributeProto[0]));
    String numbers =
        to.named(
            name + "_numbers",
            "Cast",
            List.of(sums),
            Attributes.of("to", (long) DataType.FLOAT.getNumber()));
    long[] dims =
        filters ? new long[] {steps.scales().length, 1, 1} : new long[] {steps.scales().length};
    String scales = to.constant(Tensors.of(weights.getName() + "_scales", steps.scales(), dims));
    String scale = to.named(name + "_scale", "Mul", List.of(input.get(1), scales));
    if (node.getInputCount() == 2) {
      to.named(name, "Mul", List.of(numbers, scale));
      return;
    }
    Onnx.TensorProto bias = from.constant(node.getInput(2)).orElseThrow();
    String scaled = to.named(name + "_scaled", "Mul", List.of(numbers, scale));
    String added = to.constant(Tensors.of(bias.getName(), Tensors.floats(bias), dims));
    to.named(name, "Add", List.of(scaled, added));
  }

  private List<String> quantise(String tensor) {
    List<String> outputs =
        List.of(tensor + "_quantised", tensor + "_quantised_scale", tensor + "_quantised_zero");
    to.add(
        Onnx.NodeProto.newBuilder()
            .setOpType("DynamicQuantizeLinear")
            .addInput(tensor)
            .addAllOutput(outputs)
            .build());
    return outputs;
  }
}
