package io.sparkdistill.student;

import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Half a cosine from the first learning rate to zero: Loshchilov and Hutter, "SGDR: Stochastic
 * Gradient Descent with Warm Restarts" (2017), equation 5, without restarts. Immutable.
 */
public final class CosineSchedule implements ISchedule {
  private static final long serialVersionUID = 1L;

  private final double initial;
  private final int steps;

  /**
   * A schedule.
   *
   * @param initial learning rate of step 0
   * @param steps how many there are, at least 1; later ones have rate 0
   */
  public CosineSchedule(@JsonProperty("initial") double initial, @JsonProperty("steps") int steps) {
    this.initial = initial;
    this.steps = steps;
  }

  /**
   * For the JSON form.
   *
   * @return as constructed
   */
  @JsonProperty("initial")
  public double initial() {
    return initial;
  }

  /**
   * For the JSON form.
   *
   * @return as constructed
   */
  @JsonProperty("steps")
  public int steps() {
    return steps;
  }

  @Override
  public double valueAt(int iteration, int epoch) {
    double done = Math.min(1.0, (double) iteration / steps);
    return initial * 0.5 * (1 + Math.cos(Math.PI * done));
  }

  @Override
  public ISchedule clone() {
    return new CosineSchedule(initial, steps);
  }
}
