package io.sparkdistill.softtargets.codec;

import java.util.Arrays;

/** Bits into bytes, the most significant bit of each byte first. Not thread-safe. */
final class BitWriter {
  private byte[] bytes = new byte[64];
  private int position;

  /** The lowest {@code count} bits of a number, 0 to 31 of them, the highest first. */
  void write(int value, int count) {
    for (int i = count - 1; i >= 0; i--) {
      bit((value >>> i) & 1);
    }
  }

  /** So many zeros and a one. */
  void unary(int zeros) {
    for (int i = 0; i < zeros; i++) {
      bit(0);
    }
    bit(1);
  }

  /** What was written; zeros fill the last byte. */
  byte[] toBytes() {
    return Arrays.copyOf(bytes, (position + Byte.SIZE - 1) / Byte.SIZE);
  }

  private void bit(int value) {
    int index = position / Byte.SIZE;
    if (index == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
    bytes[index] |= (byte) (value << (Byte.SIZE - 1 - position % Byte.SIZE));
    position++;
  }
}
