package io.sparkdistill.layers;

import java.nio.FloatBuffer;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A convolution of unit stride that nothing below learns from. The gradient of its weights is a
 * convolution too, of the input with the gradients of the output, in which rows take the place of
 * channels:
 *
 * <pre>
 * dW[o, i, y, x] = sum over n, v, u of delta[n, o, v, u] input[n, i, v + y - padding, u + x - padding]
 * </pre>
 *
 * <p>The native backward operation would also compute the gradient of the input, and for few input
 * channels takes many times as long.
 */
final class BottomConvolutionTraining extends ConvolutionTraining {
  private final Floats inputByChannel = new Floats();
  private final Floats gradientByChannel = new Floats();
  private final Floats result = new Floats();
  private final float[] sums;
  private final float[] plane;

  BottomConvolutionTraining(
      Map<String, INDArray> parameters, Map<String, INDArray> gradients, ConvolutionShape shape) {
    super(parameters, gradients, shape);
    this.sums = new float[(int) weights.size(0)];
    int largest = Math.max(shape.height() * shape.width(), shape.outHeight() * shape.outWidth());
    this.plane = new float[largest];
  }

  @Override
  void backward(INDArray input, INDArray gradient) {
    INDArray delta = byChannel(gradient, gradientByChannel);
    addUp(delta);
    INDArray kernels =
        result.shape('c', weights.size(1), weights.size(0), weights.size(2), weights.size(3));
    run(
        "conv2d",
        shape.weightGradientArguments(),
        new INDArray[] {byChannel(input, inputByChannel), delta},
        kernels);
    weightGradient.assign(kernels.permute(1, 0, 2, 3));
  }

  /** [rows, channels, height, width] as [channels, rows, height, width]. */
  private INDArray byChannel(INDArray array, Floats room) {
    int channels = (int) array.size(1);
    int numbers = (int) (array.size(2) * array.size(3));
    INDArray to = room.shape('c', channels, rows(), array.size(2), array.size(3));
    FloatBuffer from = Views.memory(array);
    for (int row = 0; row < rows(); row++) {
      for (int channel = 0; channel < channels; channel++) {
        from.get((row * channels + channel) * numbers, plane, 0, numbers);
        room.memory().put((channel * rows() + row) * numbers, plane, 0, numbers);
      }
    }
    return to;
  }

  private void addUp(INDArray delta) {
    FloatBuffer from = Views.memory(delta);
    int numbers = (int) (delta.size(2) * delta.size(3));
    for (int channel = 0; channel < sums.length; channel++) {
      double sum = 0;
      for (int row = 0; row < rows(); row++) {
        from.get((channel * rows() + row) * numbers, plane, 0, numbers);
        sum += sum(numbers);
      }
      sums[channel] = (float) sum;
    }
    Views.memory(biasGradient).put(0, sums);
  }

  private float sum(int numbers) {
    float first = 0;
    float second = 0;
    float third = 0;
    float fourth = 0;
    int i = 0;
    for (; i + 3 < numbers; i += 4) {
      first += plane[i];
      second += plane[i + 1];
      third += plane[i + 2];
      fourth += plane[i + 3];
    }
    float rest = 0;
    for (; i < numbers; i++) {
      rest += plane[i];
    }
    return first + second + third + fourth + rest;
  }

  @Override
  public INDArray inputGradient() {
    throw new UnsupportedOperationException("Nothing below learns");
  }
}
