package io.sparkdistill.training;

import io.sparkdistill.config.ValidationConfig;

/** Compares the students after each epoch, and ends training when they get no better. */
final class Validation {
  private final ValidationConfig config;
  private final Judge judge;

  Validation(ValidationConfig config, Judge judge) {
    this.config = config;
    this.judge = judge;
  }

  /** The mean loss of parameters on rows that are held out, in nats. */
  interface Judge {
    double loss(float[] parameters);

    /** One of the student, where regressors' parameters stand behind so many of its own. */
    default Judge ofFirst(int count) {
      return parameters -> loss(Numbers.first(parameters, count));
    }
  }

  /** The last student is the one. */
  static Validation none() {
    return new Validation(ValidationConfig.none(), parameters -> Double.NaN);
  }

  /** The state after an epoch's last round. */
  TrainingState afterEpoch(TrainingState state) {
    if (config.fraction() == 0) {
      return state;
    }
    float[] parameters = state.network().parameters();
    return state.with(state.best().or(parameters, judge.loss(parameters), config));
  }

  boolean ends(TrainingState state) {
    return state.best().ends(config);
  }

  /** The student that training gives. */
  float[] chosen(TrainingState end) {
    return end.best().parameters().length == 0
        ? end.network().parameters()
        : end.best().parameters();
  }
}
