package io.sparkdistill.config;

import java.io.Serializable;

/**
 * A number that may change while a student learns.
 *
 * @param shape of its way
 * @param from its first value, and the only one where it is constant
 * @param to its last value
 * @param by when it changes
 */
public record ScheduleConfig(Shape shape, double from, double to, By by) implements Serializable {
  /** Ways from the first value to the last. */
  public enum Shape {
    /** There is but one. */
    CONSTANT,
    /** By the same difference each time. */
    LINEAR,
    /** Half a cosine: slowly at both ends. */
    COSINE
  }

  /** When a value changes. */
  public enum By {
    /** After each local step. */
    STEP,
    /** After each pass over the rows. */
    EPOCH
  }

  /**
   * A number that does not change.
   *
   * @param value it
   * @return a schedule
   */
  public static ScheduleConfig constant(double value) {
    return new ScheduleConfig(Shape.CONSTANT, value, value, By.STEP);
  }

  /**
   * Whether there is but one value.
   *
   * @return true if it never changes
   */
  public boolean isConstant() {
    return shape == Shape.CONSTANT || from == to;
  }

  /**
   * What is written in a configuration, in short.
   *
   * @return equal for equal values
   */
  public String description() {
    return isConstant()
        ? Double.toString(from)
        : Spelling.of(shape) + " " + from + " to " + to + " by " + Spelling.of(by);
  }
}
