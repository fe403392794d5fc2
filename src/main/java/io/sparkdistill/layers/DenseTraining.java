package io.sparkdistill.layers;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A dense layer whose activations and gradients are all row-major, for which products are fastest.
 * Bias and activation are one pass that stays in the processor's first cache.
 */
final class DenseTraining implements TrainingLayer {
  private static final int BLOCK = 4096;

  private final Weights weights;
  private final FloatBuffer biasMemory;
  private final FloatBuffer biasGradient;
  private final Rectifier rectifier;
  private final int out;
  private final Floats activations = new Floats();
  private final Floats gradientRoom = new Floats();
  private final float[] bias;
  private final float[] biasSum;
  private final float[] block;
  private final float[] blockDelta;
  private INDArray lastDelta = Nd4j.empty();
  private int rows;

  DenseTraining(
      Map<String, INDArray> parameters, Map<String, INDArray> gradients, Rectifier rectifier) {
    this.weights = new Weights(parameters, gradients);
    this.biasMemory = Views.memory(parameters.get(DefaultParamInitializer.BIAS_KEY));
    this.biasGradient = Views.memory(gradients.get(DefaultParamInitializer.BIAS_KEY));
    this.rectifier = rectifier;
    this.out = weights.out();
    this.bias = new float[out];
    this.biasSum = new float[out];
    this.block = new float[out * Math.max(1, BLOCK / out)];
    this.blockDelta = new float[block.length];
  }

  @Override
  public void resize(int count) {
    rows = count;
    activations.shape('c', rows, out);
    weights.resize(rows);
  }

  @Override
  public INDArray forward(INDArray batch, Step step) {
    weights.forward(batch, activations.array());
    biasMemory.get(0, bias);
    FloatBuffer memory = activations.memory();
    for (int from = 0; from < out * rows; from += block.length) {
      int count = Math.min(block.length, out * rows - from);
      memory.get(from, block, 0, count);
      for (int row = 0; row < count; row += out) {
        activate(row);
      }
      memory.put(from, block, 0, count);
    }
    return activations.array();
  }

  private void activate(int row) {
    float slope = rectifier.slope();
    for (int i = 0; i < out; i++) {
      float value = block[row + i] + bias[i];
      block[row + i] = Math.max(value, slope * value);
    }
  }

  @Override
  public void backward(INDArray gradient) {
    lastDelta = Views.dense(gradient, 'c', gradientRoom);
    FloatBuffer memory = Views.memory(lastDelta);
    FloatBuffer active = activations.memory();
    Arrays.fill(biasSum, 0);
    for (int from = 0; from < out * rows; from += block.length) {
      int count = Math.min(block.length, out * rows - from);
      memory.get(from, blockDelta, 0, count);
      active.get(from, block, 0, count);
      rectifier.backward(blockDelta, block, 0, count);
      for (int row = 0; row < count; row += out) {
        addToBias(row);
      }
      memory.put(from, blockDelta, 0, count);
    }
    biasGradient.put(0, biasSum);
    weights.backward(lastDelta);
  }

  private void addToBias(int row) {
    for (int i = 0; i < out; i++) {
      biasSum[i] += blockDelta[row + i];
    }
  }

  @Override
  public INDArray inputGradient() {
    return weights.inputGradient(lastDelta);
  }
}
