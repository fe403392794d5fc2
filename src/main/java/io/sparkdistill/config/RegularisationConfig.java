package io.sparkdistill.config;

import java.util.ArrayList;
import java.util.List;

/**
 * What keeps a student from learning its rows by heart while it trains.
 *
 * @param inputDropout probability with which a local step drops an input, 0 to below 1
 * @param dropout probability with which it drops a unit of a hidden dense layer, 0 to below 1
 */
public record RegularisationConfig(double inputDropout, double dropout) {
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
    return String.join(", ", parts);
  }
}
