package io.sparkdistill.training;

import java.io.Serializable;

/**
 * What averaging averages.
 *
 * @param parameters all of them, in Deeplearning4j's order
 * @param updater the updater's state, which may be empty
 */
@SuppressWarnings("ArrayRecordComponent") // Megabytes: no copies, and none is ever changed.
record NetworkState(float[] parameters, float[] updater) implements Serializable {
  boolean isFinite() {
    for (float parameter : parameters) {
      if (!Float.isFinite(parameter)) {
        return false;
      }
    }
    return true;
  }
}
