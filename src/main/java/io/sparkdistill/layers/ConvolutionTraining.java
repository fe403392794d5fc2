package io.sparkdistill.layers;

import java.util.Map;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A two-dimensional convolution by the native operations of oneDNN on [rows, channels, height,
 * width]. It has no activation of its own.
 */
abstract class ConvolutionTraining implements TrainingLayer {
  final INDArray weights;
  final INDArray bias;
  final INDArray weightGradient;
  final INDArray biasGradient;
  final ConvolutionShape shape;
  private final Floats activations = new Floats();
  private final Floats inputRoom = new Floats();
  private final Floats gradientRoom = new Floats();
  private INDArray input = Nd4j.empty();
  private int rows;

  ConvolutionTraining(
      Map<String, INDArray> parameters, Map<String, INDArray> gradients, ConvolutionShape shape) {
    this.shape = shape;
    this.weights = parameters.get(ConvolutionParamInitializer.WEIGHT_KEY);
    this.bias = flat(parameters.get(ConvolutionParamInitializer.BIAS_KEY));
    this.weightGradient = gradients.get(ConvolutionParamInitializer.WEIGHT_KEY);
    this.biasGradient = flat(gradients.get(ConvolutionParamInitializer.BIAS_KEY));
  }

  private static INDArray flat(INDArray bias) {
    return bias.reshape(bias.length());
  }

  @Override
  public void resize(int count) {
    rows = count;
    activations.shape('c', rows, weights.size(0), shape.outHeight(), shape.outWidth());
  }

  @Override
  public INDArray forward(INDArray batch, Step step) {
    input = Views.dense(batch, 'c', inputRoom);
    run("conv2d", shape.arguments(), new INDArray[] {input, weights, bias}, activations.array());
    return activations.array();
  }

  @Override
  public void backward(INDArray gradient) {
    backward(input, Views.dense(gradient, 'c', gradientRoom));
  }

  abstract void backward(INDArray layerInput, INDArray gradient);

  final int rows() {
    return rows;
  }

  static void run(String operation, int[] arguments, INDArray[] inputs, INDArray... outputs) {
    Nd4j.getExecutioner()
        .exec(
            DynamicCustomOp.builder(operation)
                .addInputs(inputs)
                .addOutputs(outputs)
                .addIntegerArguments(arguments)
                .build());
  }
}
