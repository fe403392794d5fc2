package io.sparkdistill.evaluation;

/**
 * How large the teacher is, or all of them together.
 *
 * @param parameters numbers that were learned
 * @param bytes of its file
 */
public record TeacherSize(long parameters, long bytes) {
  ModelSize named() {
    return new ModelSize(Metrics.TEACHER, parameters, bytes);
  }
}
