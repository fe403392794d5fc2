package io.sparkdistill.training;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** What is asked of arrays of float32. As bytes they are little-endian, four each. Stateless. */
final class Numbers {
  private Numbers() {}

  static byte[] bytes(float[] numbers) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(numbers.length, Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(numbers);
    return bytes.array();
  }

  static float[] of(byte[] bytes) {
    float[] numbers = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(numbers);
    return numbers;
  }

  /** So many of them; the same array if these are all. */
  static float[] first(float[] numbers, int count) {
    return numbers.length == count ? numbers : Arrays.copyOf(numbers, count);
  }

  static boolean areFinite(float[] numbers) {
    for (float number : numbers) {
      if (!Float.isFinite(number)) {
        return false;
      }
    }
    return true;
  }
}
