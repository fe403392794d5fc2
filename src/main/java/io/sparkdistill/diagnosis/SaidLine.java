package io.sparkdistill.diagnosis;

import java.util.Optional;
import java.util.regex.Pattern;

/** Finds what a failure says: Spark and the readers of formats have no types for it. Stateless. */
final class SaidLine {
  private SaidLine() {}

  /** The first line of its message that has some words; of an executor's failure it is text. */
  static Optional<String> with(Pattern words, Throwable failure) {
    return String.valueOf(failure.getMessage())
        .lines()
        .filter(words.asPredicate())
        .map(String::strip)
        .findFirst();
  }
}
