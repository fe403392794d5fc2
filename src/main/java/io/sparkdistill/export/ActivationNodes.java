package io.sparkdistill.export;

import java.util.List;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/** Deeplearning4j's activations in ONNX, with its approximations. Stateless. */
final class ActivationNodes {
  /**
   * Hendrycks and Gimpel, "Gaussian Error Linear Units" (2016), section 2: x times sigmoid(1.702
   * x).
   */
  private static final float GELU = 1.702f;

  private ActivationNodes() {}

  /** Adds what an activation needs behind a tensor, and gives the tensor after it. */
  static String add(OnnxGraph graph, String input, IActivation activation, String place) {
    List<String> inputs = List.of(input);
    if (activation instanceof ActivationIdentity) {
      return input;
    }
    if (activation instanceof ActivationReLU) {
      return graph.node("Relu", inputs);
    }
    if (activation instanceof ActivationLReLU leaky) {
      return graph.node("LeakyRelu", inputs, Attributes.of("alpha", leaky.getAlpha()));
    }
    if (activation instanceof ActivationELU elu) {
      return graph.node("Elu", inputs, Attributes.of("alpha", elu.getAlpha()));
    }
    if (activation instanceof ActivationTanH) {
      return graph.node("Tanh", inputs);
    }
    if (activation instanceof ActivationSigmoid) {
      return graph.node("Sigmoid", inputs);
    }
    if (activation instanceof ActivationSwish) {
      return graph.node("Mul", List.of(input, graph.node("Sigmoid", inputs)));
    }
    if (activation instanceof ActivationGELU gelu && !gelu.isPrecise()) {
      String factor = graph.constant(Tensors.of("factor" + graph.size(), new float[] {GELU}));
      String gate = graph.node("Sigmoid", List.of(graph.node("Mul", List.of(input, factor))));
      return graph.node("Mul", List.of(input, gate));
    }
    throw StudentOnnx.refused(place, "the activation " + activation);
  }
}
