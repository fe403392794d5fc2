package io.sparkdistill.config;

/** What a teacher's answers are, and what rows of a data set hold of them. */
public enum AnswerKind {
  /** Nothing: the teacher is asked. */
  NONE,
  /** Logits, up to a constant that is added to all of a row. */
  LOGITS,
  /** Probabilities at temperature 1. */
  PROBABILITIES
}
