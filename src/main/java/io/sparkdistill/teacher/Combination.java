package io.sparkdistill.teacher;

import io.sparkdistill.config.EnsembleConfig;
import io.sparkdistill.config.TeacherConfig;
import io.sparkdistill.math.Distributions;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What several teachers say of a row, as one teacher's answer. Hinton, Vinyals and Dean,
 * "Distilling the Knowledge in a Neural Network", 2015, section 2.1, name the arithmetic mean of
 * probabilities and the geometric one, which is the mean of logits; You, Xu, Xu and Tao, "Learning
 * from Multiple Teacher Networks", 2017, take the former. Immutable and thread-safe.
 */
public sealed interface Combination extends Serializable {
  /**
   * Combines.
   *
   * @param answers of all teachers, in their order: C finite logits each, up to a constant of each
   * @param label the row's right answer, 0 to C - 1
   * @return C finite logits, up to a constant; for each teacher C, where training chooses one
   */
  float[] of(List<float[]> answers, int label);

  /**
   * Whether it may be another one when teachers change places.
   *
   * @return false if equal teachers in another order say the same, but for rounding
   */
  default boolean isOrdered() {
    return false;
  }

  /**
   * What students learn from.
   *
   * @param config the rule
   * @param teachers at least one; alone, it has its way
   * @param classes C
   * @return the combination
   */
  static Combination ofTraining(EnsembleConfig config, List<TeacherConfig> teachers, int classes) {
    double[] weights = teachers.stream().mapToDouble(TeacherConfig::weight).toArray();
    return switch (config.combine()) {
      case PROBABILITIES -> MeanProbabilities.ofTeachers(teachers, classes);
      case LOGITS -> new MeanLogits(weights);
      case CONFIDENCE -> new MostConfident();
      case LABEL -> new BestForLabel();
      case RANDOM -> new SideBySide();
    };
  }

  /**
   * What a combination is judged by. No label decides for rows whose label nobody knows yet, and
   * nothing is drawn, so that the mean of probabilities stands for the teachers among which a label
   * or chance would choose.
   *
   * @param config the rule
   * @param teachers at least one
   * @param classes C
   * @return the combination
   */
  static Combination ofTest(EnsembleConfig config, List<TeacherConfig> teachers, int classes) {
    return switch (config.combine()) {
      case LABEL, RANDOM -> MeanProbabilities.ofTeachers(teachers, classes);
      default -> ofTraining(config, teachers, classes);
    };
  }

  /**
   * The mean of logits, each less their maximum, so that large ones lose nothing.
   *
   * @param weights of the teachers, greater than 0
   */
  @SuppressWarnings("ArrayRecordComponent") // Never changed.
  record MeanLogits(double[] weights) implements Combination {
    @Override
    public float[] of(List<float[]> answers, int label) {
      double[] sum = new double[answers.get(0).length];
      double all = 0;
      for (int k = 0; k < weights.length; k++) {
        float[] answer = answers.get(k);
        float most = answer[Distributions.argMax(answer)];
        for (int c = 0; c < sum.length; c++) {
          sum[c] += weights[k] * ((double) answer[c] - most);
        }
        all += weights[k];
      }
      float[] mean = new float[sum.length];
      for (int c = 0; c < sum.length; c++) {
        mean[c] = (float) (sum[c] / all);
      }
      return mean;
    }
  }

  /**
   * Logarithms of the mean of probabilities at temperature 1, p(c) ∝ Σ_k w[k][c] p_k(c).
   *
   * @param logWeights of each teacher, log w[k][c] of each class; −∞ where it has no say
   */
  @SuppressWarnings("ArrayRecordComponent") // Never changed.
  record MeanProbabilities(double[][] logWeights) implements Combination {
    /**
     * Without weights of classes.
     *
     * @param weights of the teachers, greater than 0
     * @param classes C
     * @return the mean
     */
    public static MeanProbabilities weighted(List<Double> weights, int classes) {
      double[][] logWeights = new double[weights.size()][classes];
      for (int k = 0; k < logWeights.length; k++) {
        Arrays.fill(logWeights[k], Math.log(weights.get(k)));
      }
      return new MeanProbabilities(logWeights);
    }

    private static MeanProbabilities ofTeachers(List<TeacherConfig> teachers, int classes) {
      double[][] logWeights = new double[teachers.size()][classes];
      for (int k = 0; k < logWeights.length; k++) {
        TeacherConfig teacher = teachers.get(k);
        for (int c = 0; c < classes; c++) {
          double ofClass = teacher.classWeights().isEmpty() ? 1 : teacher.classWeights().get(c);
          logWeights[k][c] = Math.log(teacher.weight() * ofClass);
        }
      }
      return new MeanProbabilities(logWeights);
    }

    @Override
    public float[] of(List<float[]> answers, int label) {
      double[][] terms = new double[answers.size()][];
      for (int k = 0; k < terms.length; k++) {
        terms[k] = Distributions.logSoftmax(answers.get(k), 1);
        for (int c = 0; c < terms[k].length; c++) {
          terms[k][c] += logWeights[k][c];
        }
      }
      double[] logs = new double[terms[0].length];
      double[] ofClass = new double[terms.length];
      for (int c = 0; c < logs.length; c++) {
        for (int k = 0; k < terms.length; k++) {
          ofClass[k] = terms[k][c];
        }
        logs[c] = Distributions.logSum(ofClass);
      }
      double all = Distributions.logSum(logs);
      float[] mean = new float[logs.length];
      for (int c = 0; c < logs.length; c++) {
        mean[c] = (float) (logs[c] - all);
      }
      return mean;
    }
  }

  /** The answer of the teacher that finds its best class most probable; of equal ones the first. */
  record MostConfident() implements Combination {
    @Override
    public float[] of(List<float[]> answers, int label) {
      return answers.get(
          best(
              answers,
              answer -> Distributions.logSoftmax(answer, 1)[Distributions.argMax(answer)]));
    }

    @Override
    public boolean isOrdered() {
      return true;
    }
  }

  /** The answer of the teacher that finds the label most probable; of equal ones the first. */
  record BestForLabel() implements Combination {
    @Override
    public float[] of(List<float[]> answers, int label) {
      return answers.get(best(answers, answer -> Distributions.logSoftmax(answer, 1)[label]));
    }

    @Override
    public boolean isOrdered() {
      return true;
    }
  }

  /** All answers, one after the other, for those who draw one of them in each step. */
  record SideBySide() implements Combination {
    @Override
    public float[] of(List<float[]> answers, int label) {
      int classes = answers.get(0).length;
      float[] all = new float[answers.size() * classes];
      for (int k = 0; k < answers.size(); k++) {
        System.arraycopy(answers.get(k), 0, all, k * classes, classes);
      }
      return all;
    }

    /** Draws are by place. */
    @Override
    public boolean isOrdered() {
      return true;
    }
  }

  private static int best(List<float[]> answers, ToDoubleFunction<float[]> worth) {
    int best = 0;
    for (int k = 1; k < answers.size(); k++) {
      if (worth.applyAsDouble(answers.get(k)) > worth.applyAsDouble(answers.get(best))) {
        best = k;
      }
    }
    return best;
  }
}
