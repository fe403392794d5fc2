package io.sparkdistill.config;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What keeps a student from learning its rows by heart while it trains.
 *
 * @param inputDropout probability with which a local step drops an input, 0 to below 1
 * @param dropout probability with which it drops a unit of a hidden dense layer, 0 to below 1
 * @param maxNorm longest that the incoming weights of a hidden unit may be together, L2, greater
 *     than 0; empty for no limit
 * @param gain what the usual standard deviation of a hidden layer's first weights is multiplied by,
 *     greater than 0
 */
public record RegularisationConfig(
    double inputDropout, double dropout, OptionalDouble maxNorm, double gain) {
  /**
   * Dropout alone.
   *
   * @param inputDropout probability with which a local step drops an input
   * @param dropout probability with which it drops a unit of a hidden dense layer
   */
  public RegularisationConfig(double inputDropout, double dropout) {
    this(inputDropout, dropout, OptionalDouble.empty(), 1);
  }

  /**
   * Nothing.
   *
   * @return the defaults
   */
  public static RegularisationConfig none() {
    return new RegularisationConfig(0, 0);
  }

  /**
   * What differs from {@link #none}.
   *
   * @return such as {@code input dropout 0.2, dropout 0.5}; empty for nothing
   */
  public String description() {
    List<String> parts = new ArrayList<>();
    if (inputDropout > 0) {
      parts.add("input dropout " + inputDropout);
    }
    if (dropout > 0) {
      parts.add("dropout " + dropout);
    }
    maxNorm.ifPresent(longest -> parts.add("max norm " + longest));
    if (gain != 1) {
      parts.add("gain " + gain);
    }
    return String.join(", ", parts);
  }
}
