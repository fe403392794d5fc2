package io.sparkdistill.softtargets;

import io.sparkdistill.math.Half;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;

/** Numbers as little-endian binary16, two bytes each, one after the other. */
final class HalfCells {
  private static final float GREATEST = 65504;

  private HalfCells() {}

  /** What is beyond the range of binary16 is stored as its greatest or least finite number. */
  static byte[] pack(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putShort(Half.fromFloat(Math.max(-GREATEST, Math.min(GREATEST, value))));
    }
    return bytes.array();
  }

  static float[] unpack(byte[] cell) {
    ShortBuffer halves = ByteBuffer.wrap(cell).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    float[] values = new float[halves.remaining()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Half.toFloat(halves.get(i));
    }
    return values;
  }
}
