package io.sparkdistill.teacher;

import io.sparkdistill.examples.Example;
import java.util.List;

/** Answers with zeros: no class is more probable than another. */
final class SilentTeacher implements Teacher {
  private final int classes;

  SilentTeacher(int classes) {
    this.classes = classes;
  }

  @Override
  public Batch batch(int rows) {
    return new Batch() {
      @Override
      public void put(int row, Example example) {
        // Whatever it is, nothing is said of it.
      }

      @Override
      public Answers score(int scored) {
        return new Answers(new float[scored * classes], List.of());
      }
    };
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
