package io.sparkdistill.training;

import io.sparkdistill.config.ValidationConfig;
import io.sparkdistill.math.FloatArrays;
import java.util.Optional;

/** Compares the students after each epoch, and ends training when they get no better. */
final class Validation {
  private final ValidationConfig config;
  private final Judge judge;

  Validation(ValidationConfig config, Judge judge) {
    this.config = config;
    this.judge = judge;
  }

  /** What parameters are worth on rows that are held out. */
  interface Judge {
    HeldOutScore score(float[] parameters);

    /** One of the student, where regressors' parameters stand behind so many of its own. */
    default Judge ofFirst(int count) {
      return parameters -> score(FloatArrays.first(parameters, count));
    }
  }

  /** The last student is the one. */
  static Validation none() {
    return new Validation(
        ValidationConfig.none(), parameters -> new HeldOutScore(Double.NaN, Double.NaN));
  }

  /** What the student of a state is worth; nothing where no rows are held out. */
  Optional<HeldOutScore> score(TrainingState state) {
    return config.fraction() == 0
        ? Optional.empty()
        : Optional.of(judge.score(state.network().parameters()));
  }

  /** The state after an epoch's last round, whose student is worth so much. */
  TrainingState afterEpoch(TrainingState state, HeldOutScore score) {
    return state.with(state.best().or(state.network().parameters(), score.loss(), config));
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
