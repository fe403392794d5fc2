package io.sparkdistill.examples;

import io.sparkdistill.failure.TransientException;
import io.sparkdistill.storage.Locations;
import io.sparkdistill.storage.Sha256;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
   * @return 64 hexadecimal digits; empty if Spark does not say which files a table consists of, as
   *     for many catalogs
   */
  public static Optional<String> sha256(ExampleTable table, Configuration conf) {
    String[] files = table.rows().inputFiles();
    List<String> lines = new ArrayList<>();
    for (String file : files) {
      line(new Path(URI.create(file)), conf).ifPresent(lines::add);
    }
    return files.length == 0 || lines.size() < files.length
        ? Optional.empty()
        : Optional.of(Sha256.of(lines.stream().sorted().collect(Collectors.joining("\n"))));
  }

  private static Optional<String> line(Path file, Configuration conf) {
    try {
      FileStatus status = Locations.fileSystem(file, conf).getFileStatus(file);
      return status.isDirectory()
          ? Optional.empty()
          : Optional.of(file + "\t" + status.getLen() + "\t" + status.getModificationTime());
    } catch (IOException e) {
      throw new TransientException(
          "Cannot look at " + Locations.display(file) + ": " + e.getMessage() + ". Try again.", e);
    }
  }
}
