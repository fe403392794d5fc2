package io.sparkdistill.storage;

import io.sparkdistill.failure.Secrets;
import io.sparkdistill.failure.TransientException;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Copies of published files, which are for people and not read again. Stateless. */
public final class Copies {
  private Copies() {}

  /**
   * Removes copies.
   *
   * @param folder where they stand; need not exist
   * @param names of them, of which some or all may be missing
   * @param conf where file systems are configured
   * @throws TransientException if the file system fails
   */
  public static void remove(Path folder, List<String> names, Configuration conf) {
    FileSystem fs = Locations.fileSystem(folder, conf);
    for (String name : names) {
      Path copy = new Path(folder, name);
      try {
        fs.delete(copy, false);
      } catch (IOException e) {
        throw new TransientException(
            "Cannot remove "
                + Locations.display(copy)
                + ": "
                + Secrets.messageOf(e)
                + ". Try again.",
            e);
      }
    }
  }
}
