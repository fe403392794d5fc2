package io.sparkdistill.training;

/** Keeps the place of one training between its rounds. Not thread-safe. */
interface Place {
  /** Where to begin: the initial state, or a later one that was kept. */
  TrainingState resumed(TrainingState initial);

  /**
   * A round is done, its state is good, and it was not the last one.
   *
   * @throws io.sparkdistill.failure.TransientException if training shall not go on now
   */
  void reached(TrainingState state);

  /** The newest state that was kept, for the end of a clause; empty if there is none. */
  String kept();
}
