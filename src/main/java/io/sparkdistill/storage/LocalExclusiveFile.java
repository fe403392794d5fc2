package io.sparkdistill.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** {@link ExclusiveFile} on local disks. Stateless and thread-safe. */
final class LocalExclusiveFile {
  /** How a file gets a second name. */
  interface Link {
    /**
     * Makes it.
     *
     * @throws FileAlreadyExistsException if the name is taken
     */
    void create(Path name, Path existing) throws IOException;
  }

  private LocalExclusiveFile() {}

  /**
   * Creates a file.
   *
   * @return false if there is a file of other content already
   */
  static boolean create(Path file, byte[] content, Path temporary, Link link) throws IOException {
    LocalFiles.writeSynced(temporary, content);
    try {
      link.create(file, temporary);
      LocalFiles.syncDirectory(file);
      return true;
    } catch (FileAlreadyExistsException e) {
      return Arrays.equals(Files.readAllBytes(file), content);
    } catch (NoSuchFileException | AccessDeniedException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      // Why a link is refused is said in the locale's language alone.
      return createWithoutLinks(file, content);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Exclusive as well, but a power failure may leave a part of the content. */
  private static boolean createWithoutLinks(Path file, byte[] content) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      return Arrays.equals(Files.readAllBytes(file), content);
    }
    try (channel) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
      return true;
    } catch (IOException e) {
      // Nobody else can have made it, and a part would be refused for ever.
      Files.deleteIfExists(file);
      throw e;
    }
  }
}
