package io.sparkdistill.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Files of this machine through {@code java.nio}: Hadoop's local file system neither syncs nor
 * refuses to replace. Stateless and thread-safe.
 */
final class LocalFiles {
  private LocalFiles() {}

  static boolean isLocal(org.apache.hadoop.fs.Path path) {
    return "file".equals(path.toUri().getScheme());
  }

  static Path path(org.apache.hadoop.fs.Path path) {
    return Paths.get(path.toUri().getPath());
  }

  static void writeSynced(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.getParent());
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  /** Replaces a file in one step: a reader sees the old content or the new. */
  static void replace(Path file, byte[] content, Path temporary) throws IOException {
    writeSynced(temporary, content);
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncDirectory(file);
  }

  /** Makes a directory's new entry survive a power failure. */
  static void syncDirectory(Path entry) throws IOException {
    try (FileChannel directory = FileChannel.open(entry.getParent(), StandardOpenOption.READ)) {
      directory.force(true);
    }
  }
}
