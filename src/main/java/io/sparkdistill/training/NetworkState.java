package io.sparkdistill.training;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What averaging averages.
 *
 * @param parameters all of them, in Deeplearning4j's order
 * @param updater the updater's state, which may be empty
 */
@SuppressWarnings("ArrayRecordComponent") // Megabytes: no copies, and none is ever changed.
record NetworkState(float[] parameters, float[] updater) implements Serializable {
  /** Java writes arrays of floats number by number, many times slower than bytes. */
  private Object writeReplace() {
    return new Packed(bytes(parameters), bytes(updater));
  }

  private static byte[] bytes(float[] values) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, Float.BYTES)];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return bytes;
  }

  @SuppressWarnings("ArrayRecordComponent") // Lives as long as the writing.
  private record Packed(byte[] parameters, byte[] updater) implements Serializable {
    private Object readResolve() {
      return new NetworkState(floats(parameters), floats(updater));
    }

    private static float[] floats(byte[] bytes) {
      float[] values = new float[bytes.length / Float.BYTES];
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
      return values;
    }
  }

  boolean isFinite() {
    for (float parameter : parameters) {
      if (!Float.isFinite(parameter)) {
        return false;
      }
    }
    return true;
  }
}
