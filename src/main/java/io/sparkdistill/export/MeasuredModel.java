package io.sparkdistill.export;

import io.sparkdistill.teacher.OnnxFile;
import java.util.Optional;

/**
 * A model whose size and speed are asked for.
 *
 * @param name of it
 * @param published name of the file; empty for a teacher
 * @param file itself
 * @param parameters numbers that were learned
 * @param counted the same model in float32, whose multiplications are counted
 * @param deviation from Deeplearning4j, where both must give the same
 */
public record MeasuredModel(
    String name,
    Optional<String> published,
    OnnxFile file,
    long parameters,
    OnnxFile counted,
    Optional<Deviation> deviation) {
  /**
   * A teacher.
   *
   * @param name of it
   * @param file of it
   * @param parameters numbers that were learned
   * @return to be measured
   */
  public static MeasuredModel teacher(String name, OnnxFile file, long parameters) {
    return new MeasuredModel(name, Optional.empty(), file, parameters, file, Optional.empty());
  }

  boolean isTeacher() {
    return published.isEmpty();
  }
}
