package io.sparkdistill.report;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes small pictures: Portable Network Graphics, second edition (W3C, 2003), sections 5, 7 and
 * 11. Eight bits a channel, no filter, no interlace. Here and not in java.desktop, because drivers
 * run on machines that have no part of that.
 */
final class Png {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int GREY = 0;
  private static final int RGB = 2;

  private Png() {}

  /**
   * A picture.
   *
   * @param width in pixels, at least 1
   * @param height in pixels, at least 1
   * @param channels 1 for grey or 3 for red, green and blue
   * @param samples row by row, a pixel's channels together
   * @return the file
   */
  static byte[] write(int width, int height, int channels, byte[] samples) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(file)) {
      out.write(SIGNATURE);
      ByteArrayOutputStream header = new ByteArrayOutputStream();
      DataOutputStream fields = new DataOutputStream(header);
      fields.writeInt(width);
      fields.writeInt(height);
      fields.write(new byte[] {8, (byte) (channels == 1 ? GREY : RGB), 0, 0, 0});
      chunk(out, "IHDR", header.toByteArray());
      chunk(out, "IDAT", packed(height, width * channels, samples));
      chunk(out, "IEND", new byte[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toByteArray();
  }

  /** Each row begins with the number of its filter, which is 0 for none. */
  private static byte[] packed(int height, int stride, byte[] samples) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream rows = new DeflaterOutputStream(packed)) {
      for (int y = 0; y < height; y++) {
        rows.write(0);
        rows.write(samples, y * stride, stride);
      }
    }
    return packed.toByteArray();
  }

  private static void chunk(DataOutputStream out, String type, byte[] content) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 sum = new CRC32();
    sum.update(name);
    sum.update(content);
    out.writeInt(content.length);
    out.write(name);
    out.write(content);
    out.writeInt((int) sum.getValue());
  }
}
