package io.sparkdistill.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.util.Progressable;

/**
 * Local files of a store in which this user may only read, whoever that is, at {@code
 * readonly://refusal/path}.
 */
public final class ReadOnlyFileSystem extends SchemeFileSystem {
  /** The setting that makes it known, in Hadoop's configuration. */
  public static final String KEY = "fs.readonly.impl";

  /** How it says so. */
  public enum Refusal {
    /** As HDFS does. */
    ACCESS_CONTROL,
    /** As object stores do, when all has been sent. */
    ACCESS_DENIED,
    /** It does not say that: it fails. */
    BROKEN
  }

  /** For use without Spark. */
  public static Configuration configuration() {
    Configuration conf = new Configuration();
    conf.set(KEY, ReadOnlyFileSystem.class.getName());
    return conf;
  }

  /** Where a local file or folder is in it. */
  public static Path place(Refusal refusal, java.nio.file.Path local) {
    String authority = refusal.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return new Path("readonly://" + authority + local);
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    if (refusal() == Refusal.ACCESS_DENIED) {
      return new FSDataOutputStream(new Refused(file), null);
    }
    throw refused(file);
  }

  @Override
  public boolean delete(Path file, boolean recursive) throws IOException {
    throw refused(file);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    throw refused(from);
  }

  @Override
  public FileStatus[] listStatus(Path folder) throws IOException {
    return Statuses.withoutPermissions(super.listStatus(folder));
  }

  private Refusal refusal() {
    return Refusal.valueOf(getUri().getAuthority().toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private IOException refused(Path file) {
    return switch (refusal()) {
      case ACCESS_CONTROL -> new AccessControlException("Permission denied: user=eve");
      case ACCESS_DENIED -> new AccessDeniedException(file.toString(), null, "403 Forbidden");
      case BROKEN -> new IOException("Connection reset by peer");
    };
  }

  /** An upload that is refused when it is complete. */
  private final class Refused extends OutputStream {
    private final Path file;

    Refused(Path file) {
      this.file = file;
    }

    @Override
    public void write(int b) {}

    @Override
    public void close() throws IOException {
      throw refused(file);
    }
  }
}
