package io.sparkdistill.objective;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * All hidden layers that are compared. Their losses, each times its weight, are added to the
 * objective's. Immutable and thread-safe.
 *
 * @param all in the order of the configuration
 */
public record Features(List<Feature> all) implements Serializable {
  /** Copies the list into a plain one, because it travels by Java serialization. */
  public Features {
    all = new ArrayList<>(all);
  }

  /**
   * Nothing but the objective.
   *
   * @return no comparisons
   */
  public static Features none() {
    return new Features(List.of());
  }

  /**
   * Whether there is nothing to compare.
   *
   * @return true if only logits and labels count
   */
  public boolean isEmpty() {
    return all.isEmpty();
  }

  /**
   * What a row carries for them.
   *
   * @return numbers on the teacher's side, of all comparisons together
   */
  public int numbers() {
    return all.stream().mapToInt(feature -> feature.loss().teacherNumbers()).sum();
  }

  /**
   * What decides {@link #targets}; equal ones give the same.
   *
   * @return these without names, layers, weights and what only the student's side is
   */
  public Features ofRows() {
    return new Features(
        all.stream()
            .map(feature -> new Feature("", 0, feature.tensor(), 1, feature.loss().ofRows()))
            .toList());
  }

  /**
   * What is learned beside the student.
   *
   * @return parameters of all regressors together
   */
  public int parameters() {
    return all.stream()
        .flatMap(feature -> feature.loss().regression().stream())
        .mapToInt(Regression::parameters)
        .sum();
  }

  /**
   * What of a row's tensors is needed.
   *
   * @param tensors of one row, each with its numbers
   * @return {@link #numbers} of them, those of one comparison after the other
   */
  public float[] targets(float[][] tensors) {
    float[] targets = new float[numbers()];
    int from = 0;
    for (Feature feature : all) {
      float[] target = feature.loss().target(tensors[feature.tensor()]);
      System.arraycopy(target, 0, targets, from, target.length);
      from += target.length;
    }
    return targets;
  }
}
