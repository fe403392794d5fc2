package io.sparkdistill.softtargets;

import io.sparkdistill.examples.InputSplit;
import io.sparkdistill.failure.TransientException;
import io.sparkdistill.storage.Locations;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** A shard's name says which file it is of, so that it must still be that file when it is done. */
final class UnchangedInput {
  private UnchangedInput() {}

  static void require(InputSplit split, Configuration hadoop) throws IOException {
    Path file = new Path(split.file());
    if (!split.ofFile() || split.file().contains("***")) {
      return;
    }
    String now;
    try {
      FileStatus status = file.getFileSystem(hadoop).getFileStatus(file);
      if (status.getLen() == split.fileBytes()
          && status.getModificationTime() == split.fileTime()) {
        return;
      }
      now = status.getLen() + " bytes of " + Instant.ofEpochMilli(status.getModificationTime());
    } catch (FileNotFoundException e) {
      now = "gone";
    }
    throw new TransientException(
        "Cannot label "
            + Locations.display(file)
            + ", it changed while it was read: "
            + split.fileBytes()
            + " bytes of "
            + Instant.ofEpochMilli(split.fileTime())
            + " before, "
            + now
            + " now. Run again; what did not change is not labelled again.");
  }
}
