package io.sparkdistill.teacher;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * One session a teacher in each JVM, shared by all tasks: opening is slow, and weights are large.
 * This is the one place that must outlive a task, so it is held by the class; sessions live until
 * the JVM ends. Thread-safe.
 */
public final class TeacherSessions {
  private static final Map<TeacherSpec, Teacher> OPEN = new ConcurrentHashMap<>();

  private TeacherSessions() {}

  /**
   * The teacher of this JVM.
   *
   * @param spec which
   * @param model gives its bytes, where it is not open yet
   * @return not to be closed
   */
  public static Teacher shared(TeacherSpec spec, Supplier<byte[]> model) {
    return OPEN.computeIfAbsent(spec, key -> key.open(model.get()));
  }
}
