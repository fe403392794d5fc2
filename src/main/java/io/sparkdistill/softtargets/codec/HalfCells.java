package io.sparkdistill.softtargets.codec;

import io.sparkdistill.failure.IntegrityException;
import io.sparkdistill.math.Half;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;

/** Numbers as little-endian binary16, two bytes each, one after the other. */
public final class HalfCells {
  private static final float GREATEST = 65504;

  private HalfCells() {}

  /**
   * Writes numbers. What is beyond the range of binary16 is stored as its greatest or least finite
   * number.
   *
   * @param values any; NaN stays NaN
   * @return two bytes each
   */
  public static byte[] pack(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putShort(Half.fromFloat(Math.max(-GREATEST, Math.min(GREATEST, value))));
    }
    return bytes.array();
  }

  /**
   * Reads numbers.
   *
   * @param cell two bytes each
   * @return as many numbers
   * @throws IntegrityException if half a number is left over
   */
  public static float[] unpack(byte[] cell) {
    if (cell.length % Short.BYTES != 0) {
      throw new IntegrityException(
          "Cannot read a cell of half-precision numbers, one of them has a byte alone: "
              + cell.length
              + " bytes. Give a column of inner tensors, or make the cache again.");
    }
    ShortBuffer halves = ByteBuffer.wrap(cell).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    float[] values = new float[halves.remaining()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Half.toFloat(halves.get(i));
    }
    return values;
  }
}
