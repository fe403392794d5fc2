package io.sparkdistill.objective;

import io.sparkdistill.config.ScheduleConfig;
import java.io.Serializable;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A number that may change while a student learns. Immutable.
 *
 * @param shape of its way
 * @param from its first value
 * @param to its last value
 * @param pieces in which it is constant: steps or epochs, at least 1
 * @param steps local steps of the whole training, at least 1
 */
record Schedule(
    @JsonProperty("shape") ScheduleConfig.Shape shape,
    @JsonProperty("from") double from,
    @JsonProperty("to") double to,
    @JsonProperty("pieces") int pieces,
    @JsonProperty("steps") int steps)
    implements Serializable {
  /** One that is as configured, over so many epochs and local steps in all. */
  static Schedule of(ScheduleConfig config, int epochs, int steps) {
    int pieces = config.by() == ScheduleConfig.By.EPOCH ? epochs : steps;
    return new Schedule(
        config.shape(), config.from(), config.to(), Math.max(1, pieces), Math.max(1, steps));
  }

  /** The value at a step, from 0; after the last one it stays. */
  double at(int step) {
    long piece = Math.min(pieces - 1L, (long) step * pieces / steps);
    double done = pieces == 1 ? 1 : (double) piece / (pieces - 1);
    return switch (shape) {
      case CONSTANT -> from;
      case LINEAR -> from + (to - from) * done;
      case COSINE -> to + (from - to) * (1 + Math.cos(Math.PI * done)) / 2;
    };
  }
}
