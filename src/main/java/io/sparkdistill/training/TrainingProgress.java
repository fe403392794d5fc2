package io.sparkdistill.training;

import io.sparkdistill.objective.Terms;

/** Is told how training goes, on the driver, after each averaging. */
public interface TrainingProgress {
  /**
   * An averaging was done.
   *
   * @param round from 1
   * @param rounds of the whole training
   * @param epoch from 1
   * @param loss mean over the round's samples, before the averaging, in nats
   */
  void averaged(int round, int rounds, int epoch, double loss);

  /**
   * What the terms of the loss were in a round; said before its averaging is. The stock engine does
   * not know.
   *
   * @param round from 1
   * @param terms over the round's samples, before the averaging
   */
  default void terms(int round, Terms terms) {}
}
