package io.sparkdistill.config;

import java.util.List;
import java.util.Optional;

/** What a teacher is. */
public sealed interface TeacherSource {
  /**
   * What rows themselves hold of its answers.
   *
   * @return nothing, for a teacher that is asked
   */
  default AnswerKind answers() {
    return AnswerKind.NONE;
  }

  /**
   * An ONNX file.
   *
   * @param onnx its file, a Hadoop URI or a relative local path
   * @param input the name of its input, where it has several
   * @param output the name of its output of answers, where it has several
   * @param gives what that output is, logits or probabilities
   * @param intermediates names of tensors inside it that are cached beside its logits
   */
  record Onnx(
      String onnx,
      Optional<String> input,
      Optional<String> output,
      AnswerKind gives,
      List<String> intermediates)
      implements TeacherSource {
    /**
     * The same teacher, asked for its logits alone.
     *
     * @return a copy
     */
    public Onnx withoutIntermediates() {
      return new Onnx(onnx, input, output, gives, List.of());
    }
  }

  /**
   * A student that was published before.
   *
   * @param dl4j its zip, a Hadoop URI or a relative local path
   */
  record Dl4j(String dl4j) implements TeacherSource {}

  /**
   * Answers that stand in the data set.
   *
   * @param column an array of C numbers in each row
   * @param answers what these are
   */
  record Column(String column, AnswerKind answers) implements TeacherSource {}

  /** Nobody: there are rows and labels, and a student learns from these alone. */
  record Nobody() implements TeacherSource {}
}
