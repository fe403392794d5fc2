package io.sparkdistill.student;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Parameters in the form that {@code Nd4j.write} gives floats: kind, length, type and content of
 * the shape, then those of the numbers. We write a row, [1, n]; Deeplearning4j a vector, [n].
 * ND4J's own reader hands whatever lengths and strides it finds there to native code. Stateless and
 * thread-safe.
 */
final class Coefficients {
  /** Beside as many sizes and strides as the rank says: rank, extras, step, order. */
  private static final int SHAPE = 4;

  private Coefficients() {}

  static float[] read(byte[] bytes, int number, String place) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    long shape = length(in, "LONG", place);
    long rank = in.readLong();
    long rows = rank == 2 ? in.readLong() : 1;
    long columns = in.readLong();
    if (rank < 1 || rank > 2 || shape != SHAPE + 2 * rank || rows != 1 || columns != number) {
      throw StudentZip.refused(place, "parameters that are no row of " + number);
    }
    in.skipNBytes((shape - 1 - rank) * Long.BYTES);
    if (length(in, "FLOAT", place) != number) {
      throw StudentZip.refused(place, "other than " + number + " parameters");
    }
    if (in.available() != number * (long) Float.BYTES) {
      throw StudentZip.refused(place, in.available() + " bytes for " + number + " parameters");
    }
    float[] result = new float[number];
    ByteBuffer.wrap(bytes, bytes.length - in.available(), in.available())
        .asFloatBuffer()
        .get(result);
    return result;
  }

  /** How many numbers follow, which must be of this type. */
  private static long length(DataInputStream in, String type, String place) throws IOException {
    String kind = in.readUTF();
    long length = in.readLong();
    String found = in.readUTF();
    if (!kind.equals("MIXED_DATA_TYPES") || !found.equals(type)) {
      throw StudentZip.refused(place, length + " numbers of type " + found + " instead of " + type);
    }
    return length;
  }
}
