package io.sparkdistill.export;

import onnx.Onnx;

/**
 * Weights in steps of a length that each channel of the output has for itself, and 0 in the middle:
 * Jacob and others, "Quantization and Training of Neural Networks for Efficient
 * Integer-Arithmetic-Only Inference" (2018), section 2.1; by channel as in Krishnamoorthi,
 * "Quantizing deep convolutional networks for efficient inference" (2018), section 2.2.
 *
 * @param steps in the order of the weights, -{@value #MOST} to {@value #MOST}
 * @param scales length of a step, one a channel
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on, not kept.
record Int8Weights(byte[] steps, float[] scales) {
  /**
   * Half of what a byte could hold. Processors without instructions for dot products of bytes add
   * two products of a weight and an unsigned byte in 16 bits, and cut off what is above: 2 * 255 *
   * 64 just fits.
   */
  static final int MOST = 64;

  /** Of a matrix [in, out]. */
  static Int8Weights ofColumns(float[] weights, int columns) {
    return of(weights, columns, columns, 1);
  }

  /** Of filters [out, …]. */
  static Int8Weights ofFilters(float[] weights, int filters) {
    int each = weights.length / filters;
    return of(weights, filters, weights.length, each);
  }

  /** Weight i belongs to channel i % period / each. */
  private static Int8Weights of(float[] weights, int channels, int period, int each) {
    float[] scales = new float[channels];
    for (int i = 0; i < weights.length; i++) {
      int channel = i % period / each;
      scales[channel] = Math.max(scales[channel], Math.abs(weights[i]) / MOST);
    }
    for (int channel = 0; channel < channels; channel++) {
      scales[channel] = scales[channel] > 0 ? scales[channel] : 1;
    }
    byte[] steps = new byte[weights.length];
    for (int i = 0; i < weights.length; i++) {
      steps[i] = (byte) Math.round(weights[i] / scales[i % period / each]);
    }
    return new Int8Weights(steps, scales);
  }

  /** The weights of a node of ours that has some. */
  static Int8Weights of(Onnx.NodeProto node, Onnx.TensorProto weights) {
    return node.getOpType().equals("Conv")
        ? ofFilters(Tensors.floats(weights), (int) weights.getDims(0))
        : ofColumns(Tensors.floats(weights), (int) weights.getDims(1));
  }
}
