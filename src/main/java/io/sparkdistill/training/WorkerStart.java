package io.sparkdistill.training;

/**
 * What one worker begins a round with.
 *
 * @param network the parameters of all, and this worker's updater
 * @param updates that the updater has seen
 */
record WorkerStart(NetworkState network, int updates) {
  /** What every worker would begin with if there were nothing but averages. */
  static WorkerStart averaged(NetworkState network, TrainingPlan.Round round) {
    return new WorkerStart(network, round.globalStep());
  }
}
