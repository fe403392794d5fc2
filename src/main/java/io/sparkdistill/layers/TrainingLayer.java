package io.sparkdistill.layers;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer during training. What forward and inputGradient give belongs to the layer and is valid
 * until its next call; what is handed in may be overwritten by backward alone. Not thread-safe.
 */
interface TrainingLayer {
  /** Makes room for batches of so many rows; called before the first batch of another size. */
  void resize(int rows);

  /**
   * Computes the activations.
   *
   * @param input of all rows
   * @param step which one it is, for what changes with time
   */
  INDArray forward(INDArray input, Step step);

  /**
   * Writes the gradients of the parameters, summed over the rows, into their views.
   *
   * @param gradient of the loss by this layer's activations; may be overwritten
   */
  void backward(INDArray gradient);

  /** The gradient of the loss by the input of the last forward, after backward. */
  INDArray inputGradient();
}
