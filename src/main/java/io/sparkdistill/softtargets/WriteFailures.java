package io.sparkdistill.softtargets;

import io.sparkdistill.config.Secrets;
import io.sparkdistill.failure.TransientException;
import io.sparkdistill.storage.Locations;
import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is said when the store does not take or give a file. */
final class WriteFailures {
  static final Logger LOG = LoggerFactory.getLogger("io.sparkdistill.softtargets");

  private WriteFailures() {}

  static TransientException of(Path path, IOException e) {
    return new TransientException(
        "Cannot write soft targets to "
            + Locations.display(path)
            + ", the file system failed: "
            + Secrets.mask(String.valueOf(e.getMessage()))
            + ". Nothing was published; make room or repair it, and try again.",
        e);
  }
}
