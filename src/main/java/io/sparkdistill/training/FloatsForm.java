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
    ByteBuffer bytes = part(numbers);
    FloatBuffer part = bytes.asFloatBuffer();
    for (int from = 0; from < numbers.length; from += PART) {
      int count = Math.min(PART, numbers.length - from);
      part.put(0, numbers, from, count);
      out.write(bytes.array(), 0, count * Float.BYTES);
    }
  }

  static float[] read(ObjectInput in) throws IOException {
    float[] numbers = new float[in.readInt()];
    ByteBuffer bytes = part(numbers);
    FloatBuffer part = bytes.asFloatBuffer();
    for (int from = 0; from < numbers.length; from += PART) {
      int count = Math.min(PART, numbers.length - from);
      in.readFully(bytes.array(), 0, count * Float.BYTES);
      part.get(0, numbers, from, count);
    }
    return numbers;
  }

  private static ByteBuffer part(float[] numbers) {
    return ByteBuffer.allocate(Math.min(PART, numbers.length) * Float.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN);
  }
}
