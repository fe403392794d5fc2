package io.sparkdistill.layers;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A convolution below which other layers learn. */
final class InnerConvolutionTraining extends ConvolutionTraining {
  private final Floats inputGradient = new Floats();

  InnerConvolutionTraining(
      Map<String, INDArray> parameters, Map<String, INDArray> gradients, ConvolutionShape shape) {
    super(parameters, gradients, shape);
  }

  @Override
  void backward(INDArray input, INDArray gradient) {
    run(
        "conv2d_bp",
        shape.arguments(),
        new INDArray[] {input, weights, bias, gradient},
        inputGradient.shape('c', input.shape()),
        weightGradient,
        biasGradient);
  }

  @Override
  public INDArray inputGradient() {
    return inputGradient.array();
  }
}
