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

  /** Of a matrix [in, out]; steps are at least so long, one number a column. */
  static Int8Weights ofColumns(float[] weights, float[] least) {
    return of(weights, least, least.length, 1);
  }

  /** Of filters [out, …]; steps are at least so long, one number a filter. */
  static Int8Weights ofFilters(float[] weights, float[] least) {
    return of(weights, least, weights.length, weights.length / least.length);
  }

  /** Weight i belongs to channel i % period / each. */
  private static Int8Weights of(float[] weights, float[] least, int period, int each) {
    float[] scales = least.clone();
    for (int i = 0; i < weights.length; i++) {
      int channel = i % period / each;
      scales[channel] = Math.max(scales[channel], Math.abs(weights[i]) / MOST);
    }
    for (int channel = 0; channel < scales.length; channel++) {
      scales[channel] = scales[channel] > 0 ? scales[channel] : 1;
    }
    byte[] steps = new byte[weights.length];
    for (int i = 0; i < weights.length; i++) {
      steps[i] = (byte) Math.round(weights[i] / scales[i % period / each]);
    }
    return new Int8Weights(steps, scales);
  }

  /** The weights of a node of ours that has some, in steps of any length. */
  static Int8Weights of(Onnx.NodeProto node, Onnx.TensorProto weights) {
    return of(node, weights, new float[channels(node, weights)]);
  }

  /** The same in steps that are at least so long, one number a channel. */
  static Int8Weights of(Onnx.NodeProto node, Onnx.TensorProto weights, float[] least) {
    return isConvolution(node)
        ? ofFilters(Tensors.floats(weights), least)
        : ofColumns(Tensors.floats(weights), least);
  }

  static int channels(Onnx.NodeProto node, Onnx.TensorProto weights) {
    return (int) weights.getDims(isConvolution(node) ? 0 : 1);
  }

  private static boolean isConvolution(Onnx.NodeProto node) {
    return node.getOpType().equals("Conv");
  }
}
