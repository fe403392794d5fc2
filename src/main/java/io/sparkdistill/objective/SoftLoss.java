package io.sparkdistill.objective;

import java.io.Serializable;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/**
 * A loss by which a student is compared with its teacher. Stateless and thread-safe; what changes
 * while it is computed is in the batch.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
public sealed interface SoftLoss extends Serializable permits RowLoss, Dist, Standardised {
  /**
   * Adds each row's loss to its score and the gradient by the student's logits to the gradient,
   * both times the row's weight. Rows of weight 0 are left out.
   *
   * @param batch the rows
   */
  void add(Batch batch);
}
