package io.sparkdistill.training;

import java.io.Serializable;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;

/**
 * What all rounds' tasks need and does not change: sent to each JVM once, where it keeps the
 * networks between rounds. Thread-safe.
 */
final class RoundTask implements Serializable {
  private static final long serialVersionUID = 1L;

  private final MultiLayerConfiguration configuration;
  private final TrainingPlan plan;
  private final long seed;
  private transient LocalTrainer trainer;

  RoundTask(MultiLayerConfiguration configuration, TrainingPlan plan, long seed) {
    this.configuration = configuration;
    this.plan = plan;
    this.seed = seed;
  }

  TrainingPlan plan() {
    return plan;
  }

  synchronized LocalTrainer trainer() {
    if (trainer == null) {
      trainer = new LocalTrainer(new NetworkPool(configuration), plan, seed);
    }
    return trainer;
  }
}
