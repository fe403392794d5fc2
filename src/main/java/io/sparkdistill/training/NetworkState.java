package io.sparkdistill.training;

import io.sparkdistill.layers.TrainingNetwork;
import java.io.Serializable;

/**
 * What averaging averages.
 *
 * @param parameters all of them, in Deeplearning4j's order
 * @param updater the updater's state, which may be empty
 */
@SuppressWarnings("ArrayRecordComponent") // Megabytes: no copies, and none is ever changed.
record NetworkState(float[] parameters, float[] updater) implements Serializable {
  /** Where a network stands. */
  static NetworkState of(TrainingNetwork network) {
    return new NetworkState(network.parameters(), network.updaterState());
  }

  /** Java writes arrays of floats number by number, many times slower than bytes. */
  private Object writeReplace() {
    return new Packed(Numbers.bytes(parameters), Numbers.bytes(updater));
  }

  @SuppressWarnings("ArrayRecordComponent") // Lives as long as the writing.
  private record Packed(byte[] parameters, byte[] updater) implements Serializable {
    private Object readResolve() {
      return new NetworkState(Numbers.of(parameters), Numbers.of(updater));
    }
  }

  boolean isFinite() {
    return Numbers.areFinite(parameters);
  }
}
