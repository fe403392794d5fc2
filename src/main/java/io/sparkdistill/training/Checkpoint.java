package io.sparkdistill.training;

import java.util.List;
import java.util.Map;

/**
 * A training's place that was kept.
 *
 * @param number counting up within a training
 * @param inputs what the student is made from; equal inputs mean the same training
 * @param workerRows rows of each worker
 * @param state to go on from
 */
public record Checkpoint(
    int number, Map<String, String> inputs, List<Integer> workerRows, SavedState state) {
  /**
   * How far the training was.
   *
   * @return rounds that were done
   */
  public int rounds() {
    return TrainingState.of(state).rounds();
  }

  /**
   * How many trained side by side.
   *
   * @return their number, some perhaps without rows
   */
  public int workers() {
    return workerRows.size();
  }
}
