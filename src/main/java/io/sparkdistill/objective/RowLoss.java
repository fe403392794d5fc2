package io.sparkdistill.objective;

/** A loss that is a sum over rows, each seen alone. */
sealed interface RowLoss extends SoftLoss
    permits Cosine, Decoupled, GhostTail, Hinton, JensenShannon, Logits, MarginRanking, Uniform {
  @Override
  default void add(Batch batch) {
    for (int row = 0; row < batch.rows; row++) {
      if (batch.weights[row] > 0) {
        row(batch, row);
      }
    }
  }

  /** Adds one row's loss and gradient, times its weight, which is above 0. */
  void row(Batch batch, int row);
}
