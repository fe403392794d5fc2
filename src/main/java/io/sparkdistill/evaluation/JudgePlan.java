package io.sparkdistill.evaluation;

import io.sparkdistill.config.EvaluationConfig;
import java.io.Serializable;

/**
 * What every task of an evaluation needs to know.
 *
 * @param batchSize rows that a student scores at once
 * @param details whether classes are looked at one by one
 * @param temperatures whether a temperature is looked for
 * @param gallery rows of it; 0 for none
 * @param predictions where they are kept
 */
record JudgePlan(
    int batchSize, boolean details, boolean temperatures, int gallery, PredictionPlace predictions)
    implements Serializable {
  static JudgePlan of(EvaluationConfig config, PredictionPlace predictions) {
    return new JudgePlan(
        config.batchSize(), true, config.temperatureScaling(), config.gallery(), predictions);
  }

  /** For those who ask for errors and the like alone. */
  static JudgePlan plain(int batchSize) {
    return new JudgePlan(batchSize, false, false, 0, PredictionPlace.nowhere());
  }

  JudgePlan withoutGallery() {
    return new JudgePlan(batchSize, details, temperatures, 0, predictions);
  }

  JudgePlan withoutPredictions() {
    return new JudgePlan(batchSize, details, temperatures, gallery, PredictionPlace.nowhere());
  }
}
