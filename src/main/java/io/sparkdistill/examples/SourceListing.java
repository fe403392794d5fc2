package io.sparkdistill.examples;

import io.sparkdistill.failure.TransientException;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.Sha256;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Tells at the cost of a listing that a source has not been touched: names, lengths and times of
 * its files. Another listing does not prove other rows; only their digest does.
 */
public final class SourceListing {
  private SourceListing() {}

  /**
   * The digest of a table's file list.
   *
   * @param table opened
   * @param conf where file systems are configured
   * @return 64 hexadecimal digits
   */
  public static String sha256(ExampleTable table, Configuration conf) {
    return Sha256.of(
        Arrays.stream(table.rows().inputFiles())
            .map(file -> line(new Path(URI.create(file)), conf))
            .sorted()
            .collect(Collectors.joining("\n")));
  }

  private static String line(Path file, Configuration conf) {
    try {
      FileStatus status = Locations.fileSystem(file, conf).getFileStatus(file);
      return file + "\t" + status.getLen() + "\t" + status.getModificationTime();
    } catch (IOException e) {
      throw new TransientException(
          "Cannot look at " + Locations.display(file) + ": " + e.getMessage() + ". Try again.", e);
    }
  }
}
