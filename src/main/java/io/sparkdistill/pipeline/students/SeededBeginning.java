package io.sparkdistill.pipeline.students;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.TrainingConfig;
import io.sparkdistill.student.StudentNetworks;
import java.util.Map;

/**
 * The student as it is configured.
 *
 * @param config all of it
 */
record SeededBeginning(DistillConfig config) implements Beginning {
  @Override
  public StudentNetworks networks(StudentSource source, int width) {
    return source.networks(config, width);
  }

  @Override
  public TrainingConfig training() {
    return config.training();
  }

  @Override
  public Map<String, String> inputs() {
    return Map.of();
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public String description() {
    return config.student().description();
  }
}
