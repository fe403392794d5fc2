package io.sparkdistill.objective;

import io.sparkdistill.config.ObjectiveConfig;

/** What a training minimises, for a training whose length is not known yet. Thread-safe. */
@FunctionalInterface
public interface GoalPlan {
  /**
   * That of a training.
   *
   * @param epochs of the whole training, for schedules
   * @param steps local steps of the whole training, for schedules
   * @return what it minimises
   */
  Goal of(int epochs, int steps);

  /**
   * For a student that has one head.
   *
   * @param config kind and parameters; weights of classes as numbers
   * @return its objective
   */
  static GoalPlan of(ObjectiveConfig config) {
    return (epochs, steps) -> Objective.of(config, epochs, steps);
  }
}
