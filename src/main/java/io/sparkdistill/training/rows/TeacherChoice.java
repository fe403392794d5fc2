package io.sparkdistill.training.rows;

import io.sparkdistill.layers.Step;
import io.sparkdistill.math.SplitMix64;
import io.sparkdistill.softtargets.SoftTarget;
import io.sparkdistill.teacher.Combination;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Draws which of several teachers a student hears about each row of each step: Fukuda and others,
 * "Efficient Knowledge Distillation from an Ensemble of Teachers", 2017, switch between teachers
 * for whole batches; here a batch hears all of them. The draw follows from the seed, the step's
 * draw and the row's place in its batch alone. Immutable and thread-safe.
 *
 * @param weights in proportion to which teachers are drawn, greater than 0; none where rows have
 *     one answer
 * @param seed of what is drawn
 */
public record TeacherChoice(List<Double> weights, long seed) implements Serializable {
  /** Copies the weights into a plain list, because they travel by Java serialization. */
  public TeacherChoice {
    weights = new ArrayList<>(weights);
  }

  /**
   * For rows with one answer.
   *
   * @return no choice
   */
  public static TeacherChoice none() {
    return new TeacherChoice(List.of(), 0);
  }

  /**
   * Draws.
   *
   * @param targets of each row one-hot label and logits of K teachers, both with KC numbers
   * @param rows of the batch
   * @param step that they are drawn for
   * @return of each row one-hot label and logits of one teacher, 2C numbers; the same array where
   *     there is no choice
   */
  public float[] of(float[] targets, int rows, Step step) {
    if (weights.isEmpty()) {
      return targets;
    }
    int all = targets.length / rows / 2;
    int classes = all / weights.size();
    float[] chosen = new float[rows * 2 * classes];
    SplitMix64 random = new SplitMix64(SplitMix64.mixed(~seed) + step.draw());
    for (int row = 0; row < rows; row++) {
      int from = row * 2 * all;
      int to = row * 2 * classes;
      System.arraycopy(targets, from, chosen, to, classes);
      int answer = from + all + teacher(random.nextUnit()) * classes;
      System.arraycopy(targets, answer, chosen, to + classes, classes);
    }
    return chosen;
  }

  /** The teacher at a place between 0 and 1 among their weights. */
  private int teacher(double place) {
    double left = place * weights.stream().mapToDouble(Double::doubleValue).sum();
    for (int k = 0; k < weights.size() - 1; k++) {
      left -= weights.get(k);
      if (left < 0) {
        return k;
      }
    }
    return weights.size() - 1;
  }

  /**
   * A row with the mean of the teachers' probabilities, to compare students on.
   *
   * @param row with the logits of all teachers, KC numbers
   * @return with C numbers; the same row where there is no choice
   */
  public SoftTarget mean(SoftTarget row) {
    if (weights.isEmpty()) {
      return row;
    }
    int classes = row.logits().length / weights.size();
    List<float[]> answers = new ArrayList<>();
    for (int k = 0; k < weights.size(); k++) {
      answers.add(Arrays.copyOfRange(row.logits(), k * classes, (k + 1) * classes));
    }
    return row.answered(
        Combination.MeanProbabilities.weighted(weights, classes).of(answers, row.label()));
  }
}
