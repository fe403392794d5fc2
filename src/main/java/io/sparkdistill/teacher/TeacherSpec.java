package io.sparkdistill.teacher;

import io.sparkdistill.config.AnswerKind;
import java.io.Serializable;

/** What a task needs to know of a teacher besides its bytes; equal ones are the same teacher. */
public sealed interface TeacherSpec extends Serializable permits OnnxSpec, Dl4jSpec, ColumnSpec {
  /**
   * Where it came from.
   *
   * @return for messages
   */
  String place();

  /**
   * The numbers in a row's features.
   *
   * @return how many
   */
  int width();

  /**
   * The numbers in a row's logits.
   *
   * @return C
   */
  int classes();

  /**
   * What rows themselves hold of its answers.
   *
   * @return nothing, for a teacher that is asked
   */
  default AnswerKind answers() {
    return AnswerKind.NONE;
  }

  /**
   * The same on a GPU.
   *
   * @param number that CUDA gives it, from 0
   * @return a copy; the same where no GPU serves
   */
  default TeacherSpec on(int number) {
    return this;
  }

  /**
   * Makes it ready to score.
   *
   * @param model all of its file; nothing where it has none
   * @return to be closed
   * @throws io.sparkdistill.failure.BadInputException if it does not fit what is expected
   */
  Teacher open(byte[] model);
}
