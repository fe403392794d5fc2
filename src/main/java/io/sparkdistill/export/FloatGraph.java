package io.sparkdistill.export;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import onnx.Onnx;

/** A graph that {@link StudentOnnx} wrote, as those see it who make int8 of it. */
final class FloatGraph {
  /** Operators that give values of their input, so that its steps serve for both. */
  private static final Set<String> MOVERS = Set.of("MaxPool", "Reshape", "Flatten");

  private static final Set<String> PRODUCTS = Set.of("Gemm", "Conv");
  private static final Set<String> POOLING = Set.of("AveragePool");

  private final Onnx.GraphProto graph;
  private final Map<String, Onnx.TensorProto> constants = new HashMap<>();
  private final Map<String, Onnx.NodeProto> givers = new HashMap<>();
  private final Map<String, Set<String>> takers = new HashMap<>();

  FloatGraph(Onnx.GraphProto graph) {
    this.graph = graph;
    graph.getInitializerList().forEach(tensor -> constants.put(tensor.getName(), tensor));
    for (Onnx.NodeProto node : graph.getNodeList()) {
      givers.put(node.getOutput(0), node);
      takers.computeIfAbsent(node.getInput(0), name -> new HashSet<>()).add(node.getOpType());
    }
  }

  static boolean isProduct(Onnx.NodeProto node) {
    return PRODUCTS.contains(node.getOpType());
  }

  Onnx.GraphProto proto() {
    return graph;
  }

  List<Onnx.NodeProto> nodes() {
    return graph.getNodeList();
  }

  /** The numbers of that name; empty for what is computed. */
  Optional<Onnx.TensorProto> constant(String name) {
    return Optional.ofNullable(constants.get(name));
  }

  /**
   * Whether a tensor is in steps of its own or its giver's. Those that are taken by what can
   * compute in int8 are; and what a convolution gives, but for the rectifier behind it, which is a
   * part of it.
   */
  boolean isQuantised(String tensor) {
    Set<String> by = takers.getOrDefault(tensor, Set.of());
    boolean taken = by.stream().anyMatch(FloatGraph::computesInInt8);
    boolean given = givers.containsKey(tensor) && givers.get(tensor).getOpType().equals("Conv");
    return taken || (given && !by.contains("Relu"));
  }

  private static boolean computesInInt8(String operator) {
    return PRODUCTS.contains(operator) || MOVERS.contains(operator) || POOLING.contains(operator);
  }

  /** The tensor whose steps a tensor has. */
  String steps(String tensor) {
    Onnx.NodeProto giver = givers.get(tensor);
    return giver != null && MOVERS.contains(giver.getOpType()) ? steps(giver.getInput(0)) : tensor;
  }

  /** The tensors whose ranges must be known. */
  List<String> ranged() {
    Set<String> names = new LinkedHashSet<>();
    if (isQuantised(StudentOnnx.FEATURES)) {
      names.add(StudentOnnx.FEATURES);
    }
    nodes().stream()
        .map(node -> node.getOutput(0))
        .filter(this::isQuantised)
        .map(this::steps)
        .forEach(names::add);
    return List.copyOf(names);
  }
}
