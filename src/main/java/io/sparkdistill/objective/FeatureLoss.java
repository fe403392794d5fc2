package io.sparkdistill.objective;

import java.io.Serializable;
import java.util.Optional;

/**
 * A comparison of a student's hidden layer with a tensor inside its teacher. Stateless and
 * thread-safe; what changes while it is computed is in the batch.
 */
public sealed interface FeatureLoss extends Serializable permits AttentionMaps, Hints, Relations {
  /**
   * What is compared.
   *
   * @return numbers of a row on the student's side
   */
  int studentNumbers();

  /**
   * What it is compared with.
   *
   * @return numbers of a row on the teacher's side, as {@link #target} gives them
   */
  int teacherNumbers();

  /**
   * What the layer is put through before it is compared, where that is learned too.
   *
   * @return empty if the layer itself is compared
   */
  default Optional<Regression> regression() {
    return Optional.empty();
  }

  /**
   * What of a teacher's tensor is needed, once for each row.
   *
   * @param tensor one row's numbers, in the tensor's order; not changed
   * @return {@link #teacherNumbers} numbers; perhaps the same array
   */
  float[] target(float[] tensor);

  /**
   * What decides {@link #target}, without what only the student's side is.
   *
   * @return a comparison with the same targets; equal ones have equal targets
   */
  FeatureLoss ofRows();

  /**
   * Compares, and adds the gradient by the student's numbers to the batch's.
   *
   * @param batch the rows
   * @return the loss, summed over the rows, each times its weight
   */
  double add(FeatureBatch batch);
}
