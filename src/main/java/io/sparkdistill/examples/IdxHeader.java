package io.sparkdistill.examples;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;

/**
 * How a file of MNIST's format begins: big-endian, two zero bytes, the type of its numbers, how
 * many dimensions there are, their sizes. LeCun, Cortes and Burges, "The MNIST database of
 * handwritten digits", file formats.
 *
 * @param sizes of the dimensions; the first is the number of items
 */
record IdxHeader(List<Integer> sizes) {
  private static final int UNSIGNED_BYTES = 8;

  /** Reads it, and leaves the stream at the first number. */
  static IdxHeader read(DataInputStream in) throws IOException {
    int magic = in.readInt();
    int dimensions = magic & 0xff;
    if (magic >>> 8 != UNSIGNED_BYTES || dimensions == 0) {
      throw new ZipException("it is no IDX file of unsigned bytes, it begins with " + magic);
    }
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < dimensions; i++) {
      int size = in.readInt();
      if (size < 0) {
        throw new ZipException("one of its dimensions has the size " + size);
      }
      sizes.add(size);
    }
    return new IdxHeader(sizes);
  }

  int items() {
    return sizes.get(0);
  }

  /** Numbers of one item. */
  int width() throws IOException {
    long width = 1;
    for (int size : sizes.subList(1, sizes.size())) {
      width *= size;
    }
    if (width > 1 << 24) {
      throw new ZipException("its items have more than 2^24 numbers: " + sizes);
    }
    return (int) width;
  }
}
