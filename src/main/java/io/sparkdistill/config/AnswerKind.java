package io.sparkdistill.config;

/** What rows of a data set hold of a teacher's answers. */
public enum AnswerKind {
  /** Nothing: the teacher is asked. */
  NONE,
  /** Logits, up to a constant that is added to all of a row. */
  LOGITS,
  /** Probabilities at temperature 1. */
  PROBABILITIES
}
