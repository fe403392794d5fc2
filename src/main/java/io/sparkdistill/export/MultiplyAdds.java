package io.sparkdistill.export;

import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.teacher.OnnxFile;
import io.sparkdistill.teacher.OnnxScorer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import onnx.Onnx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts multiplications, each with its addition, that a model makes for a row: those of its matrix
 * products and convolutions, which are nearly all of them. How large their outputs are is asked of
 * the runtime.
 */
final class MultiplyAdds {
  private static final Set<String> COUNTED = Set.of("Gemm", "MatMul", "Conv");

  /** What multiplies as well, in ways that are not counted here; or may hold other graphs. */
  private static final Set<String> UNCOUNTED =
      Set.of(
          "ConvTranspose",
          "Einsum",
          "LSTM",
          "GRU",
          "RNN",
          "MatMulInteger",
          "ConvInteger",
          "QLinearMatMul",
          "QLinearConv",
          "If",
          "Loop",
          "Scan",
          "SequenceMap");

  private static final Logger LOG = LoggerFactory.getLogger(MultiplyAdds.class);

  private MultiplyAdds() {}

  /** How many; empty where the model has something that is not counted here. */
  static OptionalLong of(OnnxFile file) {
    Onnx.GraphProto graph = StudentOnnx.read(file.bytes()).getGraph();
    Map<String, Onnx.TensorProto> constants = new HashMap<>();
    graph.getInitializerList().forEach(tensor -> constants.put(tensor.getName(), tensor));
    List<String> outputs = new ArrayList<>();
    List<Long> depths = new ArrayList<>();
    for (Onnx.NodeProto node : graph.getNodeList()) {
      boolean known = node.getDomain().isEmpty() && !UNCOUNTED.contains(node.getOpType());
      boolean counted = COUNTED.contains(node.getOpType());
      if (!known || (counted && !constants.containsKey(node.getInput(1)))) {
        return OptionalLong.empty();
      }
      if (counted) {
        outputs.add(node.getOutput(0));
        depths.add(depth(node, constants.get(node.getInput(1))));
      }
    }
    // Its logits are told from tensors inside it by their name.
    String logits = file.output().isEmpty() ? graph.getOutput(0).getName() : file.output();
    try {
      return OptionalLong.of(sum(file.withOutput(logits), outputs, depths));
    } catch (BadInputException | IntegrityException e) {
      // Products of other types than float32, or not of one row after the other.
      LOG.info("The multiply-adds of {} are not counted: {}", file.place(), e.getMessage());
      return OptionalLong.empty();
    }
  }

  private static long sum(OnnxFile file, List<String> outputs, List<Long> depths) {
    try (OnnxScorer scorer = file.open(outputs)) {
      List<float[]> values = scorer.score(new float[file.width()], 1).intermediates();
      long sum = 0;
      for (int i = 0; i < depths.size(); i++) {
        sum += depths.get(i) * values.get(i).length;
      }
      return sum;
    }
  }

  /** Products that add up to one number of the output. */
  private static long depth(Onnx.NodeProto node, Onnx.TensorProto weights) {
    if (node.getOpType().equals("Conv")) {
      return weights.getDimsList().stream().skip(1).reduce(1L, (a, b) -> a * b);
    }
    boolean transposed =
        node.getAttributeList().stream()
            .anyMatch(attribute -> attribute.getName().equals("transB") && attribute.getI() != 0);
    int rank = weights.getDimsCount();
    return weights.getDims(transposed || rank == 1 ? rank - 1 : rank - 2);
  }
}
