package io.sparkdistill.layers;

import java.util.Map;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A layer's matrix of weights, [in, out], and its three products, all into row-major results.
 * Deeplearning4j keeps it column-major: transposed, it and its gradient are row-major too.
 *
 * <p>Products are by oneDNN where the native build has it. With two threads on one processor it is
 * faster than the BLAS behind {@link Nd4j#gemm}, most of all into a row-major result. The builds
 * without it multiply by BLAS, with the same result. Not thread-safe.
 */
final class Weights {
  private final INDArray weights;
  private final INDArray transposed;
  private final INDArray transposedGradient;
  private final Floats inputRoom = new Floats();
  private final Floats inputGradient = new Floats();
  private INDArray input = Nd4j.empty();

  Weights(Map<String, INDArray> parameters, Map<String, INDArray> gradients) {
    this.weights = parameters.get(DefaultParamInitializer.WEIGHT_KEY);
    this.transposed = weights.transpose();
    this.transposedGradient = gradients.get(DefaultParamInitializer.WEIGHT_KEY).transpose();
  }

  int out() {
    return (int) weights.size(1);
  }

  void resize(int rows) {
    inputGradient.shape('c', rows, weights.size(0));
  }

  /**
   * Overwrites a result, [rows, out], with the product of an input, [rows, in], and the weights.
   */
  void forward(INDArray batch, INDArray result) {
    input = Views.dense(batch, 'c', inputRoom);
    multiply(input, weights, result);
  }

  /** Writes the gradient of the weights, by that of the last forward's result. */
  void backward(INDArray delta) {
    multiply(delta.transpose(), input, transposedGradient);
  }

  /** The gradient by the input, by that of the result. */
  INDArray inputGradient(INDArray delta) {
    multiply(delta, transposed, inputGradient.array());
    return inputGradient.array();
  }

  private static void multiply(INDArray a, INDArray b, INDArray result) {
    Nd4j.getExecutioner()
        .exec(DynamicCustomOp.builder("matmul").addInputs(a, b).addOutputs(result).build());
  }
}
