package io.sparkdistill.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.Path;

/**
 * A lock of the operating system, which a killed process cannot leave behind. POSIX drops a
 * process's locks on a file when the process closes any descriptor of it, so what this JVM holds is
 * remembered, and such a file is not opened again.
 */
final class LocalLock implements OutputLock {
  private static final Map<java.nio.file.Path, String> HELD_HERE = new ConcurrentHashMap<>();

  private final java.nio.file.Path file;
  private final FileChannel channel;

  private LocalLock(java.nio.file.Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  static LocalLock acquire(Path output, String holder) throws IOException {
    java.nio.file.Path file = LocalFiles.path(new Path(output, ".lock"));
    Files.createDirectories(file.getParent());
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
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      throw OutputLock.held(output, Files.readString(file));
    }
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)));
    return channel;
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
