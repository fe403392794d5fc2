package io.sparkdistill.storage;

import io.sparkdistill.failure.ConflictException;
import io.sparkdistill.failure.InvalidConfigurationException;
import io.sparkdistill.failure.TransientException;
import java.io.IOException;
import java.time.Duration;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * One run at a time on one output, so that no work is done twice; what was published is safe
 * without it. Locally an operating-system lock, which goes with its process; elsewhere a file that
 * its holder renews, which may be taken over when it was not renewed for two minutes.
 */
public interface OutputLock extends AutoCloseable {
  /** How long a file lock must have stood still before it is taken over. */
  Duration EXPIRY = Duration.ofMinutes(2);

  /** Gives the output back. */
  @Override
  void close();

  /**
   * Takes an output, creating its directory.
   *
   * @param output a qualified path
   * @param holder who takes it, for the message that others get
   * @param conf where file systems are configured
   * @return to be closed when the run ends
   * @throws ConflictException if another run holds it
   * @throws InvalidConfigurationException if nothing can be written there
   * @throws TransientException if the file system failed
   */
  static OutputLock acquire(Path output, String holder, Configuration conf) {
    try {
      return LocalFiles.isLocal(output)
          ? LocalLock.acquire(output, holder)
          : LeaseLock.acquire(output, holder, conf, EXPIRY);
    } catch (IOException e) {
      throw Unwritable.because(output, e);
    }
  }

  /**
   * The refusal that another run gets.
   *
   * @param output what both want
   * @param holder who has it
   * @return to be thrown
   */
  static ConflictException held(Path output, String holder) {
    return new ConflictException(
        "Cannot work on output "
            + Locations.display(output)
            + ", another run does: "
            + holder.strip()
            + ". Wait until it ends, or use another output.");
  }
}
