package io.sparkdistill.teacher;

/**
 * What a task needs to know where there is no teacher.
 *
 * @param width numbers in a row's features
 * @param classes numbers in a row's logits
 */
record SilentSpec(int width, int classes) implements TeacherSpec {
  @Override
  public String place() {
    return "nobody";
  }

  @Override
  public Teacher open(byte[] model) {
    return new SilentTeacher(classes);
  }
}
