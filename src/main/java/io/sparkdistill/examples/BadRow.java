package io.sparkdistill.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A row that was not accepted, as far as it could be read.
 *
 * @param id its name
 * @param label its class
 * @param features its input; elements that are null are absent
 * @param reason what is wrong with it
 */
public record BadRow(
    Optional<String> id,
    OptionalDouble label,
    Optional<List<Optional<Float>>> features,
    String reason) {
  /**
   * A row that was read, and is bad for another reason.
   *
   * @param example the row
   * @param reason what is wrong with it
   * @return the same values
   */
  public static BadRow of(Example example, String reason) {
    List<Optional<Float>> features = new ArrayList<>();
    for (float value : example.features()) {
      features.add(Optional.of(value));
    }
    return new BadRow(
        Optional.of(example.id()),
        example.isLabelled() ? OptionalDouble.of(example.label()) : OptionalDouble.empty(),
        Optional.of(features),
        reason);
  }
}
