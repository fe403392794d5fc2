package io.sparkdistill.layers;

import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;

/**
 * The sizes of a convolution.
 *
 * @param height of the input
 * @param width of the input
 * @param outHeight of the output
 * @param outWidth of the output
 * @param layer its kernel, stride, padding and dilation
 */
record ConvolutionShape(
    int height, int width, int outHeight, int outWidth, ConvolutionLayer layer) {
  static ConvolutionShape of(ConvolutionLayer layer, InputType.InputTypeConvolutional input) {
    InputType.InputTypeConvolutional output =
        (InputType.InputTypeConvolutional) layer.getOutputType(0, input);
    return new ConvolutionShape(
        (int) input.getHeight(),
        (int) input.getWidth(),
        (int) output.getHeight(),
        (int) output.getWidth(),
        layer);
  }

  /** As the native operations take them, for weights [out, in, height, width]. */
  int[] arguments() {
    int[] kernel = layer.getKernelSize();
    int[] stride = layer.getStride();
    int[] padding = layer.getPadding();
    int[] dilation = layer.getDilation();
    int same = layer.getConvolutionMode() == ConvolutionMode.Same ? 1 : 0;
    return new int[] {
      kernel[0],
      kernel[1],
      stride[0],
      stride[1],
      padding[0],
      padding[1],
      dilation[0],
      dilation[1],
      same,
      0,
      1
    };
  }

  /** Whether the gradient of the weights is itself a plain convolution. */
  boolean isUnitStride() {
    return layer.getStride()[0] == 1
        && layer.getStride()[1] == 1
        && layer.getConvolutionMode() != ConvolutionMode.Same;
  }

  /** Those of the convolution of the input with the gradients. */
  int[] weightGradientArguments() {
    int[] padding = layer.getPadding();
    return new int[] {outHeight, outWidth, 1, 1, padding[0], padding[1], 1, 1, 0, 0, 1};
  }
}
