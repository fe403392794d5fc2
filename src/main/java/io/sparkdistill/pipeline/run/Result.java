package io.sparkdistill.pipeline.run;

import io.sparkdistill.evaluation.Metrics;
import io.sparkdistill.export.Sizes;
import java.util.List;
import java.util.Optional;

/**
 * What a command ends with.
 *
 * @param metrics of the newest evaluation, where the command evaluates
 * @param sizes of what is exported, where the command exports
 * @param released what became of the student at the place where it is released, for people; where
 *     the command releases
 * @param places what was published and where, for people: name, then path
 */
public record Result(
    Optional<Metrics> metrics,
    Optional<Sizes> sizes,
    Optional<String> released,
    List<Place> places) {
  /**
   * Something that was published.
   *
   * @param name what it is
   * @param path where it is
   */
  public record Place(String name, String path) {}
}
