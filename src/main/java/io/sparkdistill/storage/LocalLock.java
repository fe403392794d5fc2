package io.sparkdistill.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.hadoop.fs.Path;

/**
 * A lock of the operating system, which a killed process cannot leave behind. POSIX drops a
 * process's locks on a file when the process closes any descriptor of it, so what this JVM holds is
 * remembered, and such a file is not opened again.
 */
final class LocalLock implements OutputLock {
  private static final Map<java.nio.file.Path, String> HELD_HERE = new ConcurrentHashMap<>();

  /** Descriptors of files that this JVM has locked elsewhere, never closed for the same reason. */
  private static final Queue<FileChannel> LEFT_OPEN = new ConcurrentLinkedQueue<>();

  private final java.nio.file.Path file;
  private final FileChannel channel;

  private LocalLock(java.nio.file.Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  static LocalLock acquire(Path output, String holder) throws IOException {
    java.nio.file.Path folder = LocalFiles.path(output);
    Files.createDirectories(folder);
    // One file may have several names, and has one lock.
    java.nio.file.Path file = folder.toRealPath().resolve(".lock");
    String here = HELD_HERE.putIfAbsent(file, holder);
    if (here != null) {
      throw OutputLock.held(output, here);
    }
    try {
      return new LocalLock(file, locked(file, output, holder));
    } catch (IOException | RuntimeException e) {
      HELD_HERE.remove(file);
      throw e;
    }
  }

  private static FileChannel locked(java.nio.file.Path file, Path output, String holder)
      throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() == null) {
        throw OutputLock.held(output, Files.readString(file));
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)));
      return channel;
    } catch (OverlappingFileLockException e) {
      // By the same class under another class loader, as in a notebook.
      LEFT_OPEN.add(channel);
      throw OutputLock.held(output, "another one in this process");
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      HELD_HERE.remove(file);
    }
  }
}
