package io.sparkdistill.ml;

import io.sparkdistill.student.StudentScorer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One network a student in each JVM, whose parameters all tasks share: opening takes longer than
 * scoring a row. It must outlive a task, so it is held by the class; of many students, the ones
 * used last. Thread-safe.
 */
final class OpenStudents {
  private static final int MOST = 8;

  private static final Map<String, StudentScorer> OPEN =
      new LinkedHashMap<>(MOST, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, StudentScorer> eldest) {
          return size() > MOST;
        }
      };

  private OpenStudents() {}

  /**
   * A scorer of this JVM's network.
   *
   * @param name of the student
   * @param zip gives its bytes, where it is not open
   * @return for one thread
   */
  static StudentScorer scorer(PackedStudent.Name name, Supplier<byte[]> zip) {
    synchronized (OPEN) {
      return OPEN.computeIfAbsent(name.sha256(), key -> StudentScorer.open(zip.get(), name.place()))
          .another();
    }
  }
}
