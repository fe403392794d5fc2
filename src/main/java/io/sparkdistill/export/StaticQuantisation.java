package io.sparkdistill.export;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import onnx.Onnx;
import onnx.Onnx.TensorProto.DataType;

/**
 * A student with int8 weights whose tensors are in 256 steps that were chosen before: each product
 * stands between pairs of QuantizeLinear and DequantizeLinear, which a runtime makes one operator
 * of. Weights are in steps by channel, biases in those of the products. Not thread-safe.
 */
final class StaticQuantisation {
  private static final float MOST_BIAS = 1 << 30;

  private final FloatGraph from;
  private final Map<String, ValueRange> ranges;
  private final OnnxGraph to = new OnnxGraph("student-int8");

  /** Float tensors after their way through steps, by their names before. */
  private final Map<String, String> dequantised = new HashMap<>();

  private StaticQuantisation(FloatGraph from, Map<String, ValueRange> ranges) {
    this.from = from;
    this.ranges = ranges;
  }

  /** Quantises a model that {@link StudentOnnx} wrote. */
  static byte[] of(byte[] model, Calibration calibration) {
    Onnx.ModelProto read = StudentOnnx.read(model);
    FloatGraph from = new FloatGraph(read.getGraph());
    Onnx.GraphProto graph = new StaticQuantisation(from, calibration.ranges(from.ranged())).graph();
    return read.toBuilder().setGraph(graph).build().toByteArray();
  }

  private Onnx.GraphProto graph() {
    quantise(StudentOnnx.FEATURES);
    for (Onnx.NodeProto node : from.nodes()) {
      Onnx.NodeProto.Builder copy = node.toBuilder().clearInput();
      if (FloatGraph.isProduct(node)) {
        copy.addAllInput(productInputs(node));
      } else {
        node.getInputList().forEach(name -> copy.addInput(input(name)));
      }
      to.add(copy.build());
      quantise(node.getOutput(0));
    }
    return to.like(from.proto());
  }

  private String input(String name) {
    from.constant(name).ifPresent(to::constant);
    return dequantised.getOrDefault(name, name);
  }

  private List<String> productInputs(Onnx.NodeProto node) {
    Onnx.TensorProto weights = from.constant(node.getInput(1)).orElseThrow();
    Int8Weights quantised = Int8Weights.of(node, weights, least(node, weights));
    String scales = scales(weights.getName(), quantised.scales());
    String zeros = zeros(weights.getName(), DataType.INT8, quantised.scales().length);
    String steps =
        to.constant(
            Tensors.of(
                weights.getName() + "_steps",
                quantised.steps(),
                DataType.INT8,
                weights.getDimsList().stream().mapToLong(Long::longValue).toArray()));
    long axis = node.getOpType().equals("Conv") ? 0 : 1;
    String restored = restored(weights.getName(), List.of(steps, scales, zeros), axis);
    String input = dequantised.get(node.getInput(0));
    return node.getInputCount() == 2
        ? List.of(input, restored)
        : List.of(input, restored, bias(node, quantised.scales()));
  }

  /** A bias has steps as long as those of the products, and 32 bits with room for these. */
  private float[] least(Onnx.NodeProto node, Onnx.TensorProto weights) {
    float[] least = new float[Int8Weights.channels(node, weights)];
    if (node.getInputCount() > 2) {
      float[] bias = Tensors.floats(from.constant(node.getInput(2)).orElseThrow());
      for (int i = 0; i < least.length; i++) {
        least[i] = Math.abs(bias[i]) / MOST_BIAS / inputScale(node);
      }
    }
    return least;
  }

  private String bias(Onnx.NodeProto node, float[] weightScales) {
    Onnx.TensorProto bias = from.constant(node.getInput(2)).orElseThrow();
    float inputScale = inputScale(node);
    float[] values = Tensors.floats(bias);
    int[] steps = new int[values.length];
    float[] scales = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      scales[i] = inputScale * weightScales[i];
      steps[i] = Math.round(values[i] / scales[i]);
    }
    String name = bias.getName();
    return restored(
        name,
        List.of(
            to.constant(Tensors.of(name + "_steps", steps, steps.length)), scales(name, scales)),
        0);
  }

  private float inputScale(Onnx.NodeProto product) {
    return ranges.get(from.steps(product.getInput(0))).scale();
  }

  private String restored(String name, List<String> inputs, long axis) {
    return to.named(name, "DequantizeLinear", inputs, Attributes.of("axis", axis));
  }

  private String scales(String name, float[] scales) {
    return to.constant(Tensors.of(name + "_scales", scales, scales.length));
  }

  private String zeros(String name, DataType type, int length) {
    return to.constant(Tensors.of(name + "_zeros", new byte[length], type, length));
  }

  private void quantise(String tensor) {
    if (!from.isQuantised(tensor)) {
      return;
    }
    ValueRange range = ranges.get(from.steps(tensor));
    String scale = to.constant(Tensors.of(tensor + "_scale", new float[] {range.scale()}));
    String zero =
        to.constant(Tensors.of(tensor + "_zero", new byte[] {range.zeroPoint()}, DataType.UINT8));
    String steps = to.named(tensor + "_quantised", "QuantizeLinear", List.of(tensor, scale, zero));
    dequantised.put(
        tensor, to.named(tensor + "_restored", "DequantizeLinear", List.of(steps, scale, zero)));
  }
}
