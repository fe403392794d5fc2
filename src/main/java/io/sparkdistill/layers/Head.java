package io.sparkdistill.layers;

import io.sparkdistill.objective.Terms;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The last layer during training, with the loss. Not thread-safe. */
interface Head {
  /** Makes room for batches of so many rows; called before the first batch of another size. */
  void resize(int rows);

  /**
   * Computes the loss and writes the gradients of the parameters, summed over the rows.
   *
   * @param input of all rows
   * @param targets as the loss takes them, row by row
   * @param step which one it is
   * @return the loss, summed over the rows, in nats
   */
  double loss(INDArray input, float[] targets, Step step);

  /** What the loss's terms were since this was last asked; of no rows where that is not known. */
  Terms terms();

  /** The gradient of the loss by the input, in the input's order. */
  INDArray inputGradient();
}
