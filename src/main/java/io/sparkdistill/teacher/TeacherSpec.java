package io.sparkdistill.teacher;

import io.sparkdistill.config.TeacherConfig;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a task needs to know of a teacher besides its bytes.
 *
 * @param sha256 its name
 * @param place where it came from, for messages
 * @param input name of its input; empty for its only one
 * @param output name of its output; empty for its only one
 * @param intermediates names of tensors inside it whose values are wanted
 * @param width numbers in a row's features
 * @param classes numbers in a row's logits
 * @param threads threads that score one batch, as many as a task has cores
 */
public record TeacherSpec(
    String sha256,
    String place,
    String input,
    String output,
    List<String> intermediates,
    int width,
    int classes,
    int threads)
    implements Serializable {
  /** Copies the names into a plain list, because they travel by Java serialization. */
  public TeacherSpec {
    intermediates = new ArrayList<>(intermediates);
  }

  /**
   * From the configuration and the data.
   *
   * @param file the model
   * @param config which input and output
   * @param width numbers in a row's features
   * @param classes numbers in a row's logits
   * @param threads threads that score one batch
   * @return the specification
   */
  public static TeacherSpec of(
      OnnxModelFile file, TeacherConfig config, int width, int classes, int threads) {
    return new TeacherSpec(
        file.sha256(),
        file.place(),
        config.input().orElse(""),
        config.output().orElse(""),
        config.intermediates(),
        width,
        classes,
        threads);
  }

  Optional<String> configuredInput() {
    return Optional.of(input).filter(name -> !name.isEmpty());
  }

  Optional<String> configuredOutput() {
    return Optional.of(output).filter(name -> !name.isEmpty());
  }
}
