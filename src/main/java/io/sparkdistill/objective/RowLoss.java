package io.sparkdistill.objective;

import java.io.Serializable;

/** A loss that is a sum over rows, each seen alone. Implementations are stateless. */
public interface RowLoss extends Serializable {
  /**
   * The loss of one row and its gradient.
   *
   * @param targets rows of 2C numbers: C of the one-hot label, then C teacher logits
   * @param logits rows of C student logits
   * @param row which row
   * @param classes C
   * @param gradient rows of C numbers, of which this row's are overwritten
   * @return the loss, in nats
   */
  double row(float[] targets, float[] logits, int row, int classes, float[] gradient);
}
