package io.sparkdistill.storage;

import io.sparkdistill.failure.Causes;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/** Opens file systems. Stateless and thread-safe. */
public final class Connectors {
  private Connectors() {}

  /**
   * The file system of a path.
   *
   * @param path any path
   * @param conf where file systems are configured
   * @return a shared instance, as Hadoop keeps it
   * @throws UnsupportedFileSystemException if no class serves its scheme, or one that is not here
   * @throws IOException if it cannot be opened
   */
  public static FileSystem open(Path path, Configuration conf) throws IOException {
    try {
      return path.getFileSystem(conf);
    } catch (RuntimeException | NoClassDefFoundError e) {
      // Hadoop names classes for schemes whose jars it does not have, and so says that one is gone.
      Optional<Throwable> missing = Causes.of(e).filter(Connectors::isMissing).findFirst();
      if (missing.isPresent()) {
        throw unsupported(scheme(path, conf), missing.get());
      }
      throw e;
    }
  }

  private static boolean isMissing(Throwable cause) {
    return cause instanceof ClassNotFoundException || cause instanceof NoClassDefFoundError;
  }

  private static String scheme(Path path, Configuration conf) {
    String scheme = path.toUri().getScheme();
    return scheme == null ? FileSystem.getDefaultUri(conf).getScheme() : scheme;
  }

  private static UnsupportedFileSystemException unsupported(String scheme, Throwable missing) {
    UnsupportedFileSystemException unsupported =
        new UnsupportedFileSystemException(
            "No FileSystem for scheme \"" + scheme + "\": " + missing.getMessage());
    unsupported.initCause(missing);
    return unsupported;
  }
}
