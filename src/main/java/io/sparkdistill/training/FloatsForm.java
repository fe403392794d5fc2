package io.sparkdistill.training;

import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Arrays of float32 in Java's serialised form, little-endian. Java itself writes them number by
 * number, many times slower. In parts, because a second array of megabytes is garbage that the
 * collector cannot treat as young.
 */
final class FloatsForm {
  private static final int PART = 1 << 14;

  private FloatsForm() {}

  static void write(float[] numbers, ObjectOutput out) throws IOException {
    out.writeInt(numbers.length);
    byte[] bytes = new byte[Math.min(PART, numbers.length) * Float.BYTES];
    FloatBuffer part = floats(bytes);
    for (int from = 0; from < numbers.length; from += PART) {
      int count = Math.min(PART, numbers.length - from);
      part.put(0, numbers, from, count);
      out.write(bytes, 0, count * Float.BYTES);
    }
  }

  static float[] read(ObjectInput in) throws IOException {
    float[] numbers = new float[in.readInt()];
    byte[] bytes = new byte[Math.min(PART, numbers.length) * Float.BYTES];
    FloatBuffer part = floats(bytes);
    for (int from = 0; from < numbers.length; from += PART) {
      int count = Math.min(PART, numbers.length - from);
      in.readFully(bytes, 0, count * Float.BYTES);
      part.get(0, numbers, from, count);
    }
    return numbers;
  }

  private static FloatBuffer floats(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }
}
