package io.sparkdistill.tuning;

import java.util.List;

/** Trains trials for the epochs of a rung, and judges them. */
public interface TrialRunner {
  /**
   * Trains them.
   *
   * @param trials which
   * @param rung from 0
   * @return one score for each, in order
   */
  List<TrialScore> train(List<Trial> trials, int rung);
}
