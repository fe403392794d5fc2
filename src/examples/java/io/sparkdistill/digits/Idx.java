package io.sparkdistill.digits;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * The format of MNIST's files: big-endian, two zero bytes, the type (8 for unsigned bytes), the
 * number of dimensions, their sizes, then the values row by row. LeCun, Cortes and Burges, "The
 * MNIST database of handwritten digits".
 *
 * @param items size of the first dimension
 * @param itemBytes product of the others
 * @param values items times itemBytes, unsigned
 */
@SuppressWarnings("ArrayRecordComponent") // Read once, never changed.
public record Idx(int items, int itemBytes, byte[] values) {
  private static final int UNSIGNED_BYTES = 8;

  /**
   * Reads a whole file.
   *
   * @param gzip the file, compressed as it is published
   * @return its content
   * @throws IOException if it cannot be read or is of another format
   */
  public static Idx read(Path gzip) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new GZIPInputStream(Files.newInputStream(gzip)))) {
      int magic = in.readInt();
      if (magic >>> 8 != UNSIGNED_BYTES) {
        throw new IOException(
            "Cannot read " + gzip + ", it is no IDX file of bytes: magic number " + magic + ".");
      }
      int items = in.readInt();
      int itemBytes = 1;
      for (int i = 1; i < (magic & 0xff); i++) {
        itemBytes *= in.readInt();
      }
      byte[] values = new byte[items * itemBytes];
      in.readFully(values);
      return new Idx(items, itemBytes, values);
    }
  }

  /**
   * One byte of one item.
   *
   * @param item from 0
   * @param offset within the item
   * @return 0 to 255
   */
  public int value(int item, int offset) {
    return values[item * itemBytes + offset] & 0xff;
  }
}
