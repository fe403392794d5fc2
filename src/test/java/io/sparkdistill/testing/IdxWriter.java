package io.sparkdistill.testing;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes MNIST's format. */
public final class IdxWriter {
  private IdxWriter() {}

  /** Compressed, as it is published. */
  public static void write(Path file, byte[] values, int... sizes) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(file)))) {
      out.writeInt(8 << 8 | sizes.length);
      for (int size : sizes) {
        out.writeInt(size);
      }
      out.write(values);
    }
  }
}
