package io.sparkdistill.config;

import java.util.List;
import java.util.Optional;

/**
 * A teacher as configured.
 *
 * @param key where it stands in the configuration, for messages: {@code teachers[0]}
 * @param name of it and of its caches; a teacher that is alone needs none
 * @param source what it is
 * @param features the column of inputs that it is shown
 * @param weight among several, greater than 0
 * @param classWeights C factors of its weight, one a class, 0 or more; none where all are 1
 */
public record TeacherConfig(
    String key,
    Optional<String> name,
    TeacherSource source,
    String features,
    double weight,
    List<Double> classWeights) {
  /** Copies the list. */
  public TeacherConfig {
    classWeights = List.copyOf(classWeights);
  }
}
