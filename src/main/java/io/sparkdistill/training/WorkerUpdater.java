package io.sparkdistill.training;

import java.io.Serializable;

/**
 * The updater of one worker.
 *
 * @param state in Deeplearning4j's order; may be empty
 * @param updates that it has seen
 */
@SuppressWarnings("ArrayRecordComponent") // Megabytes: no copies, and none is ever changed.
record WorkerUpdater(float[] state, int updates) implements Serializable {
  private static final float[] NOTHING = new float[0];

  /** Travels as states of networks do. */
  private Object writeReplace() {
    return new Packed(new NetworkState(state, NOTHING), updates);
  }

  private record Packed(NetworkState state, int updates) implements Serializable {
    private Object readResolve() {
      return new WorkerUpdater(state.parameters(), updates);
    }
  }
}
