package io.sparkdistill.layers;

import java.nio.FloatBuffer;
import java.util.Map;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A dense layer whose products all have a column-major result, which the matrix library computes at
 * full rate, and that multiplies once forward and twice backward. Bias and activation are one pass
 * that stays in the processor's first cache.
 */
final class DenseTraining implements TrainingLayer {
  private static final int BLOCK = 4096;

  private final INDArray weights;
  private final FloatBuffer bias;
  private final INDArray weightGradient;
  private final FloatBuffer biasGradient;
  private final Rectifier rectifier;
  private final int in;
  private final int out;
  private final Floats activations = new Floats();
  private final Floats delta = new Floats();
  private final Floats inputGradient = new Floats();
  private float[] block = {};
  private float[] blockDelta = {};
  private INDArray input = Nd4j.empty();
  private INDArray lastDelta = Nd4j.empty();
  private int rows;

  DenseTraining(
      Map<String, INDArray> parameters, Map<String, INDArray> gradients, Rectifier rectifier) {
    this.weights = parameters.get(DefaultParamInitializer.WEIGHT_KEY);
    this.bias = Views.memory(parameters.get(DefaultParamInitializer.BIAS_KEY));
    this.weightGradient = gradients.get(DefaultParamInitializer.WEIGHT_KEY);
    this.biasGradient = Views.memory(gradients.get(DefaultParamInitializer.BIAS_KEY));
    this.rectifier = rectifier;
    this.in = (int) weights.size(0);
    this.out = (int) weights.size(1);
  }

  @Override
  public void resize(int count) {
    rows = count;
    activations.shape('f', rows, out);
    int columns = Math.max(1, BLOCK / rows);
    block = new float[columns * rows];
    blockDelta = new float[columns * rows];
  }

  @Override
  public INDArray forward(INDArray batch, Step step) {
    input = batch;
    INDArray z = activations.array();
    Nd4j.gemm(input, weights, z, false, false, 1, 0);
    FloatBuffer memory = activations.memory();
    for (int from = 0; from < out * rows; from += block.length) {
      int count = Math.min(block.length, out * rows - from);
      memory.get(from, block, 0, count);
      for (int start = 0; start < count; start += rows) {
        activate(start, bias.get((from + start) / rows));
      }
      memory.put(from, block, 0, count);
    }
    return z;
  }

  private void activate(int start, float shift) {
    float slope = rectifier.slope();
    for (int i = start; i < start + rows; i++) {
      float value = block[i] + shift;
      block[i] = Math.max(value, slope * value);
    }
  }

  @Override
  public void backward(INDArray gradient) {
    lastDelta = Views.dense(gradient, 'f', delta);
    FloatBuffer memory = Views.memory(lastDelta);
    FloatBuffer active = activations.memory();
    for (int from = 0; from < out * rows; from += block.length) {
      int count = Math.min(block.length, out * rows - from);
      memory.get(from, blockDelta, 0, count);
      active.get(from, block, 0, count);
      for (int start = 0; start < count; start += rows) {
        biasGradient.put((from + start) / rows, columnDelta(start));
      }
      memory.put(from, blockDelta, 0, count);
    }
    Nd4j.gemm(input, lastDelta, weightGradient, true, false, 1, 0);
  }

  /** Overwrites a column of gradients by activation with those before it, and adds them up. */
  private float columnDelta(int start) {
    rectifier.backward(blockDelta, block, start, start + rows);
    float even = 0;
    float odd = 0;
    int end = start + rows;
    int i = start;
    for (; i + 1 < end; i += 2) {
      even += blockDelta[i];
      odd += blockDelta[i + 1];
    }
    return i < end ? even + odd + blockDelta[i] : even + odd;
  }

  @Override
  public INDArray inputGradient() {
    if (Views.isDense(input, 'c')) {
      INDArray transposed = inputGradient.shape('f', in, rows);
      Nd4j.gemm(weights, lastDelta, transposed, false, true, 1, 0);
      return transposed.transpose();
    }
    INDArray result = inputGradient.shape('f', rows, in);
    Nd4j.gemm(lastDelta, weights, result, false, true, 1, 0);
    return result;
  }
}
