package io.sparkdistill.training.rows;

import io.sparkdistill.failure.TransientException;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.util.Iterator;

/**
 * Rows in a local file, read one by one, so that a task holds one row of them and no more. The file
 * has no name once it is open: it goes with the process, however that ends. Thread-safe.
 *
 * <p>Read and not mapped: cluster managers count mapped pages as a process's own memory.
 */
final class RowFile implements Rows, AutoCloseable {
  private static final int WRITTEN_BYTES = 1 << 20;

  private final File place;
  private final RandomAccessFile file;
  private int rows;
  private int width;
  private int classes;
  private int tensors;
  private byte[] record = new byte[0];
  private FloatBuffer numbers = FloatBuffer.allocate(0);
  private int readers;
  private boolean closed;

  // Not a channel: one that is read by a task which is interrupted is closed for all.
  private RowFile(File place, RandomAccessFile file) {
    this.place = place;
    this.file = file;
  }

  /**
   * Writes all rows.
   *
   * @param place a file that may be created, in a folder that is there
   * @param all of one width
   * @throws TransientException if the disk fails, or has no room
   */
  static RowFile write(File place, Iterator<TrainingRow> all) {
    try {
      RowFile rows = new RowFile(place, new RandomAccessFile(place, "rw"));
      try {
        Files.delete(place.toPath());
        rows.append(all);
        return rows;
      } catch (Throwable e) { // Rows of Spark throw what nobody declares.
        rows.close();
        throw e;
      }
    } catch (IOException e) {
      throw failed(place, e);
    }
  }

  private void append(Iterator<TrainingRow> all) throws IOException {
    byte[] bytes = new byte[0];
    FloatBuffer open = FloatBuffer.allocate(0);
    while (all.hasNext()) {
      TrainingRow row = all.next();
      if (rows == 0) {
        width = row.features().length;
        classes = row.targets().length / 2;
        tensors = row.tensors().length;
        record = new byte[(width + 2 * classes + tensors) * Float.BYTES];
        numbers = floats(record);
        bytes = new byte[record.length * Math.max(1, WRITTEN_BYTES / record.length)];
        open = floats(bytes);
      }
      open.put(row.features()).put(row.targets()).put(row.tensors());
      rows++;
      if (!open.hasRemaining()) {
        file.write(bytes);
        open.clear();
      }
    }
    file.write(bytes, 0, open.position() * Float.BYTES);
  }

  private static FloatBuffer floats(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public int tensors() {
    return tensors;
  }

  @Override
  public synchronized void copy(int from, int to, FloatBuffer features, float[] targets) {
    read(from);
    features.put(to * width, numbers, 0, width);
    int targetWidth = 2 * classes;
    numbers.get(width, targets, to * targetWidth, targetWidth);
  }

  @Override
  public synchronized void copyTensors(int from, int to, float[] compared) {
    read(from);
    numbers.get(width + 2 * classes, compared, to * tensors, tensors);
  }

  private void read(int row) {
    try {
      file.seek((long) row * record.length);
      file.readFully(record);
    } catch (IOException e) {
      throw failed(place, e);
    }
  }

  /** Keeps it open until it is given back; says no if it was closed before. */
  synchronized boolean lend() {
    if (!closed) {
      readers++;
    }
    return !closed;
  }

  /** Ends a loan. */
  synchronized void giveBack() {
    readers--;
    if (closed) {
      close();
    }
  }

  /** Once all that it is lent to have given it back. */
  @Override
  public synchronized void close() {
    closed = true;
    if (readers > 0) {
      return;
    }
    try {
      file.close();
    } catch (IOException e) {
      throw failed(place, e);
    }
  }

  private static TransientException failed(File place, IOException e) {
    return new TransientException(
        "Cannot keep training rows on a local disk, "
            + e.getMessage()
            + ": "
            + place.getParent()
            + ". Make room there, or let spark.local.dir name another folder.",
        e);
  }
}
