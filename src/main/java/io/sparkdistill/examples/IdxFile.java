package io.sparkdistill.examples;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A file of MNIST's format, open at its first item. Not thread-safe. */
final class IdxFile implements Closeable {
  private final DataInputStream in;
  private final IdxHeader header;

  private IdxFile(DataInputStream in, IdxHeader header) {
    this.in = in;
    this.header = header;
  }

  /** Opens it; it is compressed where its name ends with .gz. */
  static IdxFile open(Path path, Configuration conf) throws IOException {
    InputStream raw = path.getFileSystem(conf).open(path);
    try {
      InputStream bytes = path.getName().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw;
      DataInputStream in = new DataInputStream(new BufferedInputStream(bytes, 1 << 16));
      return new IdxFile(in, IdxHeader.read(in));
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  IdxHeader header() {
    return header;
  }

  /** Leaves so many items out. */
  void skip(int items) throws IOException {
    in.skipNBytes((long) items * header.width());
  }

  /** Reads the next item. */
  void read(byte[] item) throws IOException {
    in.readFully(item);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
