package io.sparkdistill.teacher;

import io.sparkdistill.config.AnswerKind;

/**
 * What a task needs to know of a teacher that has answered already.
 *
 * @param place which column, for messages
 * @param answers what stands in it
 * @param width numbers in a row's features
 * @param classes numbers in a row's answer
 */
record ColumnSpec(String place, AnswerKind answers, int width, int classes) implements TeacherSpec {
  @Override
  public Teacher open(byte[] model) {
    return new ColumnTeacher(this);
  }
}
