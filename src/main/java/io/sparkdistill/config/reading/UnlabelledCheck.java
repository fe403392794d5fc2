package io.sparkdistill.config.reading;

import io.sparkdistill.config.AdaptationConfig.SoftWeightBy;
import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.EnsembleConfig;
import io.sparkdistill.config.LossConfig;
import io.sparkdistill.config.ObjectiveConfig;

/** What rows without a label cannot be part of. */
final class UnlabelledCheck {
  private static final String WHY = ", because dataset.unlabelled is teacher-alone, found ";

  private final ConfigFields fields;
  private final DistillConfig config;

  UnlabelledCheck(ConfigFields fields, DistillConfig config) {
    this.fields = fields;
    this.config = config;
  }

  void check() {
    if (!config.dataset().hasUnlabelled()) {
      return;
    }
    ObjectiveConfig objective = config.objective();
    if (objective.loss().kind() == LossConfig.Kind.DKD) {
      fields.problem("objective.kind", "expected one that asks for no label" + WHY + "dkd");
    }
    if (objective.adaptation().softWeightBy() == SoftWeightBy.CORRECTNESS) {
      fields.problem("objective.softWeightBy", "expected none or confidence" + WHY + "correctness");
    }
    if (config.teachers().size() > 1
        && config.ensemble().combine() == EnsembleConfig.Combine.LABEL) {
      fields.problem("ensemble.combine", "expected one that asks for no label" + WHY + "label");
    }
  }
}
