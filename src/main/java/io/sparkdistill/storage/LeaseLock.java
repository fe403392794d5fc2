package io.sparkdistill.storage;

import io.sparkdistill.failure.Secrets;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lock file that its holder writes anew six times before it would expire. Age is measured by the
 * store's own clock.
 */
final class LeaseLock implements OutputLock {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseLock.class);

  private final FileSystem fs;
  private final Path file;
  private final byte[] content;
  private final Renewal renewal;

  private LeaseLock(FileSystem fs, Path file, byte[] content, Duration expiry) {
    this.fs = fs;
    this.file = file;
    this.content = content;
    this.renewal = new Renewal("output-lock", expiry, this::renew);
  }

  static LeaseLock acquire(Path output, String holder, Configuration conf, Duration expiry)
      throws IOException {
    FileSystem fs = output.getFileSystem(conf);
    Path file = new Path(output, ".lock");
    byte[] content = (holder + "\n" + UUID.randomUUID()).getBytes(StandardCharsets.UTF_8);
    fs.mkdirs(output);
    if (!ExclusiveFile.create(file, content, temporary(output), conf)) {
      takeOver(fs, output, file, expiry);
      if (!ExclusiveFile.create(file, content, temporary(output), conf)) {
        throw OutputLock.held(output, firstLine(fs, file));
      }
    }
    return new LeaseLock(fs, file, content, expiry);
  }

  /** Moves an expired lock away; of several that try, one succeeds. */
  private static void takeOver(FileSystem fs, Path output, Path file, Duration expiry)
      throws IOException {
    byte[] expired;
    try {
      FileStatus before = fs.getFileStatus(file);
      if (StoreClock.now(fs, output) - before.getModificationTime() < expiry.toMillis()) {
        throw OutputLock.held(output, firstLine(fs, file));
      }
      expired = SmallFiles.read(fs, file);
    } catch (FileNotFoundException e) {
      return; // Given back in the meantime.
    }
    Path aside = temporary(output);
    if (!fs.rename(file, aside)) {
      return;
    }
    if (!Arrays.equals(SmallFiles.read(fs, aside), expired)) {
      // Somebody else took it over between the look and the rename.
      fs.rename(aside, file);
      throw OutputLock.held(output, firstLine(fs, file));
    }
    LOG.warn("Took over the expired lock of {}", firstLine(fs, aside));
    fs.delete(aside, false);
  }

  private static Path temporary(Path output) {
    return new Path(output, ".lock-" + UUID.randomUUID());
  }

  private static String firstLine(FileSystem fs, Path file) throws IOException {
    try {
      String text = new String(SmallFiles.read(fs, file), StandardCharsets.UTF_8);
      return text.lines().findFirst().orElse("unknown");
    } catch (FileNotFoundException e) {
      return "one that has just ended";
    }
  }

  /** Not after a pause so long that another took it over. */
  private boolean isOurs() throws IOException {
    return fs.exists(file) && Arrays.equals(SmallFiles.read(fs, file), content);
  }

  void renew() {
    try {
      if (isOurs()) {
        SmallFiles.write(file, content, fs.getConf());
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("Cannot renew the lock {}: {}", Locations.display(file), Secrets.mask(e.toString()));
    }
  }

  @Override
  public void close() {
    renewal.close();
    try {
      if (isOurs()) {
        fs.delete(file, false);
      }
    } catch (IOException e) {
      LOG.warn(
          "Cannot remove the lock {}: {}", Locations.display(file), Secrets.mask(e.toString()));
    }
  }
}
