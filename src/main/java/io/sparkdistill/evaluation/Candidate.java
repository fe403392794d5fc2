package io.sparkdistill.evaluation;

import io.sparkdistill.student.StudentScorer;

/**
 * A student that is to be judged.
 *
 * @param name in {@link Metrics#models()}
 * @param place where it was read from, for messages
 * @param zip all of it
 */
@SuppressWarnings("ArrayRecordComponent") // Broadcast once, never changed.
public record Candidate(String name, String place, byte[] zip) implements JudgedModel {
  @Override
  public ModelSize size() {
    return new ModelSize(name, StudentScorer.open(zip, place).parameters(), zip.length);
  }

  @Override
  public Scorer open() {
    StudentScorer scorer = StudentScorer.open(zip, place);
    return scorer::score;
  }
}
