package io.sparkdistill.layers;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A rectifier behind a layer that has none of its own, in the place of its numbers. */
final class RectifierTraining implements TrainingLayer {
  private static final int BLOCK = 4096;

  private final Rectifier rectifier;
  private final float[] block = new float[BLOCK];
  private final float[] deltas = new float[BLOCK];
  private final Floats gradientRoom = new Floats();
  private INDArray activations = Nd4j.empty();
  private INDArray lastDelta = Nd4j.empty();

  RectifierTraining(Rectifier rectifier) {
    this.rectifier = rectifier;
  }

  @Override
  public void resize(int rows) {}

  @Override
  public INDArray forward(INDArray input, Step step) {
    activations = input;
    FloatBuffer memory = Views.memory(input);
    float slope = rectifier.slope();
    for (int from = 0; from < memory.limit(); from += BLOCK) {
      int count = Math.min(BLOCK, memory.limit() - from);
      memory.get(from, block, 0, count);
      for (int i = 0; i < count; i++) {
        block[i] = Math.max(block[i], slope * block[i]);
      }
      memory.put(from, block, 0, count);
    }
    return input;
  }

  @Override
  public void backward(INDArray gradient) {
    lastDelta = Views.dense(gradient, activations.ordering(), gradientRoom);
    FloatBuffer memory = Views.memory(lastDelta);
    FloatBuffer active = Views.memory(activations);
    for (int from = 0; from < memory.limit(); from += BLOCK) {
      int count = Math.min(BLOCK, memory.limit() - from);
      memory.get(from, deltas, 0, count);
      active.get(from, block, 0, count);
      rectifier.backward(deltas, block, 0, count);
      memory.put(from, deltas, 0, count);
    }
  }

  @Override
  public INDArray inputGradient() {
    return lastDelta;
  }
}
