package io.sparkdistill.training;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A training's place that was kept. Whoever goes on from it takes its state, and is then the only
 * one who holds that much memory. Not thread-safe.
 */
public final class Checkpoint {
  private final int number;
  private final Map<String, String> inputs;
  private final List<Integer> workerRows;
  private final int rounds;
  private Optional<SavedState> state;

  /**
   * A place.
   *
   * @param number counting up within a training
   * @param inputs what the student is made from; equal inputs mean the same training
   * @param workerRows rows of each worker
   * @param state to go on from
   * @throws io.sparkdistill.failure.IntegrityException if it does not say how far it is
   */
  Checkpoint(int number, Map<String, String> inputs, List<Integer> workerRows, SavedState state) {
    this.number = number;
    this.inputs = Map.copyOf(inputs);
    this.workerRows = List.copyOf(workerRows);
    this.rounds = StateNames.rounds(state);
    this.state = Optional.of(StateNames.completed(state));
  }

  /**
   * Which one it is.
   *
   * @return counting up within a training
   */
  public int number() {
    return number;
  }

  /**
   * What the student is made from.
   *
   * @return equal ones mean the same training
   */
  public Map<String, String> inputs() {
    return inputs;
  }

  /**
   * How far the training was.
   *
   * @return rounds that were done
   */
  public int rounds() {
    return rounds;
  }

  /**
   * How many trained side by side.
   *
   * @return their number, some perhaps without rows
   */
  public int workers() {
    return workerRows.size();
  }

  List<Integer> workerRows() {
    return workerRows;
  }

  /** What to go on from; can be asked once. */
  SavedState taken() {
    SavedState taken = state.orElseThrow();
    state = Optional.empty();
    return taken;
  }
}
