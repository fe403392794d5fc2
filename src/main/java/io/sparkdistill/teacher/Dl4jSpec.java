package io.sparkdistill.teacher;

/**
 * What a task needs to know of a published student. ND4J decides by itself how many threads score.
 *
 * @param sha256 its name
 * @param key where it stands in the configuration, for messages
 * @param place where it came from, for messages
 * @param width numbers in a row's features
 * @param classes numbers in a row's logits
 */
record Dl4jSpec(String sha256, String key, String place, int width, int classes)
    implements TeacherSpec {
  @Override
  public Teacher open(byte[] model) {
    return Dl4jTeacher.open(model, this);
  }
}
