package io.sparkdistill.teacher;

import java.util.Map;

/**
 * Nobody, in the place of a teacher: rows and labels are cached with answers that say nothing, for
 * students that learn from the labels alone.
 */
record NoTeacher() implements TeacherModel {
  @Override
  public String place() {
    return "nobody";
  }

  @Override
  public Map<String, String> identity() {
    return Map.of(KIND, "nobody");
  }

  @Override
  public boolean isSilent() {
    return true;
  }

  @Override
  public SilentSpec spec(int width, int classes, int threads) {
    return new SilentSpec(width, classes);
  }
}
