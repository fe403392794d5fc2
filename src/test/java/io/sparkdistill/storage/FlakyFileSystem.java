package io.sparkdistill.storage;

import io.sparkdistill.testing.SchemeFileSystem;
import io.sparkdistill.testing.Statuses;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.Progressable;

/**
 * Local files as an object store serves them, at {@code flaky://fault-number/path}. The fault
 * happens to files in folders named versions.
 */
public final class FlakyFileSystem extends SchemeFileSystem {
  /** What goes wrong. */
  public enum Fault {
    NONE,
    /** The store refuses, and nothing is there. */
    BEFORE,
    /** The file is there, but its creator is told that it failed. */
    AFTER,
    /** The same, and then the store does not answer any more. */
    SILENT,
    /** So many changes succeed, of any file, and then none. */
    STOPS
  }

  private static final String CHANGES = "flaky.changes";

  private Fault fault = Fault.NONE;
  private boolean silent;
  private int changes;

  public static Configuration configuration() {
    Configuration conf = new Configuration();
    conf.set("fs.flaky.impl", FlakyFileSystem.class.getName());
    return conf;
  }

  /** For {@link Fault#STOPS}. */
  public static Configuration stoppingAfter(int changes) {
    Configuration conf = configuration();
    conf.setInt(CHANGES, changes);
    return conf;
  }

  /** A place with a file system of its own, which Hadoop keeps for later calls. */
  public static Path place(Fault fault, java.nio.file.Path local) {
    String name = fault.name().toLowerCase(Locale.ROOT);
    return new Path("flaky://" + name + "-" + UUID.randomUUID() + local);
  }

  @Override
  public void initialize(URI uri, Configuration conf) throws IOException {
    super.initialize(uri, conf);
    String name = uri.getAuthority().substring(0, uri.getAuthority().indexOf('-'));
    fault = Fault.valueOf(name.toUpperCase(Locale.ROOT));
    changes = conf.getInt(CHANGES, 0);
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
    answer(file);
    change(file);
    boolean faulty =
        fault != Fault.NONE
            && fault != Fault.STOPS
            && file.getParent().getName().equals("versions");
    if (faulty && fault == Fault.BEFORE) {
      throw new IOException("503 Slow Down");
    }
    FSDataOutputStream out =
        super.create(file, overwrite, bufferSize, replication, blockSize, progress);
    return faulty ? new Failing(out) : out;
  }

  @Override
  public FileStatus getFileStatus(Path file) throws IOException {
    answer(file);
    return super.getFileStatus(file);
  }

  @Override
  public FileStatus[] listStatus(Path folder) throws IOException {
    return Statuses.withoutPermissions(super.listStatus(folder));
  }

  @Override
  public boolean delete(Path file, boolean recursive) throws IOException {
    change(file);
    return super.delete(file, recursive);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    change(from);
    return super.rename(from, to);
  }

  private void change(Path file) throws IOException {
    if (fault == Fault.STOPS && changes-- <= 0) {
      throw new IOException("Cannot change " + file.getName());
    }
  }

  private void answer(Path file) throws IOException {
    if (silent) {
      throw new IOException("No route to host for " + file.getName());
    }
  }

  private final class Failing extends FSDataOutputStream {
    Failing(FSDataOutputStream out) {
      super(out, null);
    }

    @Override
    public void close() throws IOException {
      super.close();
      silent = fault == Fault.SILENT;
      throw new IOException("Connection reset");
    }
  }
}
