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
  /** Travels as states of networks do. */
  private Object writeReplace() {
    return new Packed(Numbers.bytes(state), updates);
  }

  @SuppressWarnings("ArrayRecordComponent") // Lives as long as the writing.
  private record Packed(byte[] state, int updates) implements Serializable {
    private Object readResolve() {
      return new WorkerUpdater(Numbers.of(state), updates);
    }
  }
}
