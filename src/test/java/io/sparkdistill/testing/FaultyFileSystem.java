package io.sparkdistill.testing;

import io.sparkdistill.testing.Fault.Effect;
import io.sparkdistill.testing.Fault.Moment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** Local files as a store serves them, with the faults of a {@link FaultyStore}. */
public final class FaultyFileSystem extends SchemeFileSystem {
  private static final Duration DEADLINE = Duration.ofMinutes(2);
  private static final int ROOM = 64;

  private List<Fault> faults = List.of();
  private java.nio.file.Path folder;
  private long clock;

  /** The same for Hadoop's newer interface, through which files are renamed exclusively. */
  public static final class Context extends DelegateToFileSystem {
    public Context(URI uri, Configuration conf) throws IOException, URISyntaxException {
      super(uri, new FaultyFileSystem(), conf, uri.getScheme(), true);
    }
  }

  @Override
  public void initialize(URI uri, Configuration conf) throws IOException {
    super.initialize(uri, conf);
    String key = "faulty." + uri.getAuthority() + ".";
    faults = conf.get(key + "faults").lines().map(Fault::parse).toList();
    folder = java.nio.file.Path.of(conf.get(key + "folder"));
    clock = conf.getLong(key + "clock", 0);
  }

  /** Hadoop's newer interface wants one where there is an authority. */
  @Override
  protected int getDefaultPort() {
    return 1;
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
    if (!overwrite && exists(file)) {
      throw new org.apache.hadoop.fs.FileAlreadyExistsException("There is already " + file);
    }
    boolean full = happens(Moment.CREATING, file) == Effect.FULL;
    return new FSDataOutputStream(new Upload(file, overwrite, full ? ROOM : Long.MAX_VALUE), null);
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return create(file, overwrite, bufferSize, replication, blockSize, progress);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    if (happens(Moment.RENAMING, to) == Effect.FALSE || !super.rename(from, to)) {
      return false;
    }
    happens(Moment.RENAMED, to);
    return true;
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    happens(Moment.OPENING, file);
    return super.open(file, bufferSize);
  }

  @Override
  public FileStatus[] listStatus(Path place) throws IOException {
    return Statuses.withoutPermissions(super.listStatus(place));
  }

  @Override
  public FileStatus getFileStatus(Path file) throws IOException {
    answer(file);
    FileStatus status = super.getFileStatus(file);
    if (clock != 0) {
      status =
          new FileStatus(
              status.getLen(),
              status.isDirectory(),
              status.getReplication(),
              status.getBlockSize(),
              status.getModificationTime() + clock,
              status.getPath());
    }
    return status;
  }

  private void answer(Path file) throws IOException {
    if (folder != null && Files.exists(silence())) {
      throw new IOException("No route to host for " + file.getName());
    }
  }

  private java.nio.file.Path silence() {
    return folder.resolve("silence-of-" + getUri().getAuthority());
  }

  /** What is left to be done by the caller. */
  private Effect happens(Moment moment, Path file) throws IOException {
    answer(file);
    Effect left = Effect.SHELL;
    for (int i = 0; i < faults.size(); i++) {
      Fault fault = faults.get(i);
      if (fault.moment() == moment
          && file.toString().matches(".*" + fault.path() + ".*")
          && isDue(i, fault.times())) {
        switch (fault.effect()) {
          case SHELL -> run(fault.command());
          case FALSE, FULL -> left = fault.effect();
          case THROW -> throw new IOException("503 Slow Down");
          case SILENCE -> {
            Files.createFile(silence());
            throw new IOException("Connection reset");
          }
        }
      }
    }
    return left;
  }

  private boolean isDue(int number, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      try {
        Files.createFile(folder.resolve(getUri().getAuthority() + "." + number + "." + i));
        return true;
      } catch (FileAlreadyExistsException e) {
        // It has happened so often.
      }
    }
    return false;
  }

  private static void run(String command) throws IOException {
    String line = command.replace("{pid}", Long.toString(ProcessHandle.current().pid()));
    Process process = new ProcessBuilder("sh", "-c", line).inheritIO().start();
    try {
      if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException("It takes too long: " + line);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new java.io.InterruptedIOException(line);
    } finally {
      process.destroyForcibly();
    }
  }

  /** A file that is there when it is closed. */
  private final class Upload extends OutputStream {
    private final Path file;
    private final boolean overwrite;
    private final long room;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private boolean closed;

    Upload(Path file, boolean overwrite, long room) {
      this.file = file;
      this.overwrite = overwrite;
      this.room = room;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int start, int length) throws IOException {
      int fits = (int) Math.min(length, room - content.size());
      content.write(bytes, start, fits);
      if (fits < length) {
        throw new IOException("No space left on device");
      }
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      answer(file);
      try (OutputStream out = create(file)) {
        out.write(content.toByteArray());
      }
      happens(Moment.CREATED, file);
    }

    private OutputStream create(Path place) throws IOException {
      return FaultyFileSystem.super.create(
          place, overwrite, 4096, (short) 1, 1L << 20, (Progressable) null);
    }
  }
}
