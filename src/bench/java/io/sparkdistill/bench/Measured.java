package io.sparkdistill.bench;

import java.util.Optional;

/** A system that is measured beside others, in a process of its own. */
interface Measured extends AutoCloseable {
  /** For tables. */
  String name();

  /**
   * Measures once.
   *
   * @param what a teacher's path, or a student's name
   * @return empty if the process has ended, now or earlier, or cannot do it
   */
  Optional<Answer> measure(String what);

  /** Why there was no answer, as far as is known. */
  String lastWords();

  @Override
  void close();
}
