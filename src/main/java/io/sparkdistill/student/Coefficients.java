package io.sparkdistill.student;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Parameters in the form that {@code Nd4j.write} gives a row of floats: kind, length, type and
 * content of the shape, then those of the numbers. ND4J's own reader hands whatever lengths and
 * strides it finds there to native code. Stateless and thread-safe.
 */
final class Coefficients {
  /** Rank, two sizes, two strides, extras, step, order. */
  private static final int SHAPE_OF_A_ROW = 8;

  private Coefficients() {}

  static float[] read(byte[] bytes, int number, String place) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    require(in, "LONG", SHAPE_OF_A_ROW, place);
    long rank = in.readLong();
    long rows = in.readLong();
    long columns = in.readLong();
    in.skipNBytes((SHAPE_OF_A_ROW - 3) * (long) Long.BYTES);
    if (rank != 2 || rows != 1 || columns != number) {
      throw StudentZip.refused(place, "parameters that are no row of " + number);
    }
    require(in, "FLOAT", number, place);
    if (in.available() != number * (long) Float.BYTES) {
      throw StudentZip.refused(place, in.available() + " bytes for " + number + " parameters");
    }
    float[] result = new float[number];
    ByteBuffer.wrap(bytes, bytes.length - in.available(), in.available())
        .asFloatBuffer()
        .get(result);
    return result;
  }

  private static void require(DataInputStream in, String type, long length, String place)
      throws IOException {
    String kind = in.readUTF();
    long foundLength = in.readLong();
    String foundType = in.readUTF();
    if (!kind.equals("MIXED_DATA_TYPES") || foundLength != length || !foundType.equals(type)) {
      throw StudentZip.refused(
          place, foundLength + " numbers of type " + foundType + " instead of " + length);
    }
  }
}
