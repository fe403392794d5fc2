package io.sparkdistill.objective;

import io.sparkdistill.config.AdaptationConfig;
import io.sparkdistill.config.AdaptationConfig.SoftWeightBy;
import io.sparkdistill.config.AdaptationConfig.TemperatureBy;
import io.sparkdistill.config.AdaptationConfig.WhenTeacherIsWrong;
import java.io.Serializable;
import java.util.Arrays;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Temperatures and weights of single rows, by what their teacher says. With p = softmax(v), its
 * entropy H, and the label y,
 *
 * <pre>
 * T[row] = 1 + (T − 1) (1 − H / log C)       by entropy: T where the teacher is sure, 1 where it is not
 * w[row] = w max(p)                          by confidence
 *        = w p[y]                            by correctness
 *        = 0, or as above times p[y] / max(p)  where y is not the best class, ignored or downweighted
 * </pre>
 *
 * <p>What the comparison loses goes to the label. Where there is no label, no teacher is wrong, and
 * correctness is 1. To ignore a wrong teacher is Meng and others, "Conditional Teacher-Student
 * Learning" (2019), with the weight 1. Stateless.
 *
 * @param temperatureBy what decides a row's temperature
 * @param softWeightBy what decides its weight
 * @param whenWrong what becomes of its weight where the teacher is wrong
 */
record Adaptation(
    @JsonProperty("temperatureBy") TemperatureBy temperatureBy,
    @JsonProperty("softWeightBy") SoftWeightBy softWeightBy,
    @JsonProperty("whenWrong") WhenTeacherIsWrong whenWrong)
    implements Serializable {
  static Adaptation of(AdaptationConfig config) {
    return new Adaptation(
        config.temperatureBy(), config.softWeightBy(), config.whenTeacherIsWrong());
  }

  /** Sets each row's temperature and weight from those of all. */
  void apply(Batch batch, double temperature, double weight) {
    Arrays.fill(batch.temperatures, 0, batch.rows, temperature);
    Arrays.fill(batch.weights, 0, batch.rows, weight);
    if (temperatureBy == TemperatureBy.ENTROPY) {
      for (int row = 0; row < batch.rows; row++) {
        batch.temperatures[row] = 1 + (temperature - 1) * (1 - undecided(batch, row));
      }
    }
    if (softWeightBy != SoftWeightBy.NONE || whenWrong != WhenTeacherIsWrong.KEEP) {
      for (int row = 0; row < batch.rows; row++) {
        batch.weights[row] = weight * trust(batch, row);
      }
    }
  }

  /** H / log C, 0 to 1. */
  private static double undecided(Batch batch, int row) {
    int v = batch.teacher(row);
    double sum = Softmax.logSum(batch.targets, v, batch.classes, 1);
    double entropy = 0;
    for (int i = 0; i < batch.classes; i++) {
      double logP = batch.targets[v + i] - sum;
      entropy -= Math.exp(logP) * logP;
    }
    return Math.max(0, Math.min(1, entropy / Math.log(batch.classes)));
  }

  /** 0 to 1. */
  private double trust(Batch batch, int row) {
    int v = batch.teacher(row);
    double best = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < batch.classes; i++) {
      best = Math.max(best, batch.targets[v + i]);
    }
    int y = batch.label(row);
    if (y == batch.classes) {
      return softWeightBy == SoftWeightBy.CONFIDENCE ? probability(batch, row, best) : 1;
    }
    double label = batch.targets[v + y];
    double trust =
        switch (softWeightBy) {
          case NONE -> 1;
          case CONFIDENCE -> probability(batch, row, best);
          case CORRECTNESS -> probability(batch, row, label);
        };
    return switch (whenWrong) {
      case KEEP -> trust;
      case DOWNWEIGHT -> trust * Math.exp(label - best);
      case IGNORE -> label < best ? 0 : trust;
    };
  }

  /** Of a class by its logit, at temperature 1. */
  private static double probability(Batch batch, int row, double logit) {
    return Math.exp(logit - Softmax.logSum(batch.targets, batch.teacher(row), batch.classes, 1));
  }
}
