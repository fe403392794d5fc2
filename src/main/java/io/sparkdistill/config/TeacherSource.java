package io.sparkdistill.config;

import java.util.List;
import java.util.Optional;

/** What a teacher is. */
public sealed interface TeacherSource {
  /**
   * An ONNX file.
   *
   * @param onnx its file, a Hadoop URI or a relative local path
   * @param input the name of its input, where it has several
   * @param output the name of its output of logits, where it has several
   * @param intermediates names of tensors inside it that are cached beside its logits
   */
  record Onnx(
      String onnx, Optional<String> input, Optional<String> output, List<String> intermediates)
      implements TeacherSource {
    /**
     * The same teacher, asked for its logits alone.
     *
     * @return a copy
     */
    public Onnx withoutIntermediates() {
      return new Onnx(onnx, input, output, List.of());
    }
  }
}
