package io.sparkdistill.config.reading;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.EnsembleConfig;
import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.config.TransferSetConfig;
import java.util.List;

/** What a head cannot have that a student of its own can. */
final class HeadCheck {
  private static final String WHY = ", because there are heads, found ";

  private final DistillConfig config;
  private final ConfigFields fields;

  HeadCheck(CheckedConfig checked) {
    this.config = checked.config();
    this.fields = new ConfigFields(checked.merged(), checked.file());
  }

  void addTo(List<Problem> problems) {
    TrainingConfig training = config.training();
    new EngineCheck(fields).expectRounds("there are heads");
    if (training.transferSet().leavesOut()) {
      fields.problem(
          "training.transferSet", "expected all rows" + WHY + training.transferSet().choice());
    }
    if (!training.transferSet().matchFrequencies().isEmpty()) {
      fields.problem(
          TransferSetConfig.MATCH_FREQUENCIES,
          "expected []" + WHY + training.transferSet().matchFrequencies());
    }
    if (config.compress().prunes()) {
      fields.problem("compress.prune", "expected 0" + WHY + config.compress().prune());
    }
    if (config.teachers().size() > 1
        && config.ensemble().combine() == EnsembleConfig.Combine.RANDOM) {
      fields.problem("ensemble.combine", "expected another one" + WHY + "random");
    }
    if (!config.objective().features().isEmpty()) {
      fields.problem(
          "objective.features", "expected none" + WHY + config.objective().features().size());
    }
    problems.addAll(fields.problems());
  }
}
