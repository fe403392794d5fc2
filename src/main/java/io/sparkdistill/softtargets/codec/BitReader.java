package io.sparkdistill.softtargets.codec;

import io.sparkdistill.failure.IntegrityException;

/** Reads what {@link BitWriter} wrote, and refuses to read on behind its end. Not thread-safe. */
final class BitReader {
  private final PackedCodec codec;
  private final byte[] bytes;
  private long position;

  /** The codec says what is wrong with the cell. */
  BitReader(PackedCodec codec, byte[] bytes, int offset) {
    this.codec = codec;
    this.bytes = bytes;
    this.position = (long) offset * Byte.SIZE;
  }

  /**
   * The number of the next bits.
   *
   * @param count 0 to 31
   * @throws IntegrityException if there are fewer
   */
  int read(int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 1 | bit();
    }
    return value;
  }

  /** How many zeros there are before the next one, which is read too. */
  int unary() {
    int zeros = 0;
    while (bit() == 0) {
      zeros++;
    }
    return zeros;
  }

  /**
   * Refuses what is left, but for the zeros that fill the last byte.
   *
   * @throws IntegrityException if there is anything
   */
  void requireEnd() {
    long left = (long) bytes.length * Byte.SIZE - position;
    if (left >= Byte.SIZE) {
      throw codec.damaged(bytes.length + " bytes, of which " + left / Byte.SIZE + " are too many");
    }
    if (read((int) left) != 0) {
      throw codec.damaged("the bits after its end are not zero");
    }
  }

  private int bit() {
    int index = (int) (position / Byte.SIZE);
    if (index >= bytes.length) {
      throw codec.damaged("it ends too early, after " + bytes.length + " bytes");
    }
    int bit = bytes[index] >>> (Byte.SIZE - 1 - position % Byte.SIZE) & 1;
    position++;
    return bit;
  }
}
