package io.sparkdistill.columnar;

import java.io.ByteArrayOutputStream;

/**
 * Levels of a page of lists in Parquet's hybrid encoding, as runs alone: a list of n values has the
 * repetition level 0 once and 1 for the other n - 1, and the definition level 1 for all (Parquet
 * format, "Encodings", RLE).
 */
final class Levels {
  private final ByteArrayOutputStream repetition = new ByteArrayOutputStream();
  private int values;

  void list(int length) {
    run(repetition, 0, 1);
    if (length > 1) {
      run(repetition, 1, length - 1);
    }
    values += length;
  }

  int values() {
    return values;
  }

  void clear() {
    repetition.reset();
    values = 0;
  }

  /** Both kinds of levels with their lengths, as they stand before the values of a page. */
  byte[] bytes() {
    ByteArrayOutputStream definition = new ByteArrayOutputStream();
    run(definition, 1, values);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (ByteArrayOutputStream part : new ByteArrayOutputStream[] {repetition, definition}) {
      for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
        all.write(part.size() >>> shift);
      }
      all.writeBytes(part.toByteArray());
    }
    return all.toByteArray();
  }

  private static void run(ByteArrayOutputStream out, int level, int length) {
    varint(out, length << 1);
    out.write(level);
  }

  static void varint(ByteArrayOutputStream out, int number) {
    int rest = number;
    while (rest >>> 7 != 0) {
      out.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }
}
