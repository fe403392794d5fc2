package io.sparkdistill.columnar;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Levels of a page of lists in Parquet's hybrid encoding, as runs alone: a list of n values has the
 * repetition level 0 once and 1 for the other n - 1, and the definition level 1 for all (Parquet
 * format, "Encodings", RLE).
 */
final class Levels {
  /** Two runs, each a varint of at most five bytes and a level. */
  private static final int MOST_A_LIST = 12;

  private byte[] repetition = new byte[1024];
  private int used;
  private int values;

  void list(int length) {
    if (repetition.length - used < MOST_A_LIST) {
      repetition = Arrays.copyOf(repetition, 2 * repetition.length);
    }
    used = run(repetition, used, 0, 1);
    if (length > 1) {
      used = run(repetition, used, 1, length - 1);
    }
    values += length;
  }

  int values() {
    return values;
  }

  void clear() {
    used = 0;
    values = 0;
  }

  /** Both kinds of levels with their lengths, as they stand before the values of a page. */
  byte[] bytes() {
    byte[] definition = new byte[MOST_A_LIST];
    int defined = run(definition, 0, 1, values);
    return ByteBuffer.allocate(2 * Integer.BYTES + used + defined)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(used)
        .put(repetition, 0, used)
        .putInt(defined)
        .put(definition, 0, defined)
        .array();
  }

  private static int run(byte[] to, int at, int level, int length) {
    int end = varint(to, at, length << 1);
    to[end] = (byte) level;
    return end + 1;
  }

  /** Gives the place after the number. */
  static int varint(byte[] to, int at, int number) {
    int rest = number;
    int end = at;
    while (rest >>> 7 != 0) {
      to[end++] = (byte) ((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    to[end++] = (byte) rest;
    return end;
  }
}
