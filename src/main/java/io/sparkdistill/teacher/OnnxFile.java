package io.sparkdistill.teacher;

import io.sparkdistill.config.AnswerKind;
import java.io.Serializable;
import java.util.List;

/**
 * An ONNX file that gives logits: a teacher's, or a student's own.
 *
 * @param role whose it is
 * @param bytes all of it; not to be changed
 * @param place where it was read from, for messages
 * @param input name of its input; empty for its only one
 * @param output name of its output; empty for its only one
 * @param width numbers in a row's features
 * @param classes numbers in a row's logits
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on, never changed.
public record OnnxFile(
    OnnxRole role, byte[] bytes, String place, String input, String output, int width, int classes)
    implements Serializable {
  /**
   * A student's file, with one input and one output.
   *
   * @param bytes all of it
   * @param place where it was read from, for messages
   * @param width numbers in a row's features
   * @param classes numbers in a row's logits
   */
  public OnnxFile(byte[] bytes, String place, int width, int classes) {
    this(new OnnxRole.Student(), bytes, place, "", "", width, classes);
  }

  /**
   * The same file with a name for its output.
   *
   * @param name of the logits
   * @return a copy
   */
  public OnnxFile withOutput(String name) {
    return new OnnxFile(role, bytes, place, input, name, width, classes);
  }

  /**
   * The same file as a teacher's.
   *
   * @param key where the teacher stands in the configuration
   * @return a copy
   */
  public OnnxFile ofTeacher(String key) {
    return new OnnxFile(new OnnxRole.Teacher(key), bytes, place, input, output, width, classes);
  }

  /**
   * Opens it in ONNX Runtime, on the processor, with one thread.
   *
   * @param inner names of tensors inside it whose values are wanted as well
   * @return to be closed
   * @throws io.sparkdistill.failure.BadInputException if it is a teacher's, and the runtime refuses
   *     it, or it does not fit
   * @throws io.sparkdistill.failure.IntegrityException likewise, if it is a student's
   */
  public OnnxScorer open(List<String> inner) {
    return new OnnxScorer(
        OnnxTeacher.open(
            bytes,
            new OnnxSpec(
                "",
                role,
                place,
                input,
                output,
                AnswerKind.LOGITS,
                inner,
                width,
                classes,
                1,
                OnnxSpec.NO_GPU)),
        width);
  }
}
