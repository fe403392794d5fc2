package io.sparkdistill.teacher;

import io.sparkdistill.config.AnswerKind;
import io.sparkdistill.failure.DistillException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a task needs to know of an ONNX file.
 *
 * @param sha256 its name
 * @param role whose it is
 * @param place where it came from, for messages
 * @param input name of its input; empty for its only one
 * @param output name of its output; empty for its only one
 * @param gives what that output is, logits or probabilities
 * @param intermediates names of tensors inside it whose values are wanted
 * @param width numbers in a row's features
 * @param classes numbers in a row's logits
 * @param threads threads that score one batch, as many as a task has cores
 * @param gpu number of the GPU that scores; {@link #NO_GPU} for none
 */
record OnnxSpec(
    String sha256,
    OnnxRole role,
    String place,
    String input,
    String output,
    AnswerKind gives,
    List<String> intermediates,
    int width,
    int classes,
    int threads,
    int gpu)
    implements TeacherSpec {
  /** A teacher that the processor scores. */
  static final int NO_GPU = -1;

  /** Copies the names into a plain list, because they travel by Java serialization. */
  OnnxSpec {
    intermediates = new ArrayList<>(intermediates);
  }

  @Override
  public OnnxSpec on(int number) {
    return new OnnxSpec(
        sha256, role, place, input, output, gives, intermediates, width, classes, threads, number);
  }

  @Override
  public Teacher open(byte[] model) {
    return OnnxTeacher.open(model, this);
  }

  /** What to throw where it cannot be used, as {@link OnnxRole#refusal} says. */
  DistillException refusal(String verb, String why, UnaryOperator<String> remedy) {
    return role.refusal(verb, place, why, remedy);
  }

  /** Likewise, with what the layer below said. */
  DistillException refusal(String verb, String why, Exception cause, UnaryOperator<String> remedy) {
    DistillException refusal = refusal(verb, why, remedy);
    refusal.initCause(cause);
    return refusal;
  }

  Optional<String> configuredInput() {
    return Optional.of(input).filter(name -> !name.isEmpty());
  }

  Optional<String> configuredOutput() {
    return Optional.of(output).filter(name -> !name.isEmpty());
  }
}
