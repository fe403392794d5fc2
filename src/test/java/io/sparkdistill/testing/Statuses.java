package io.sparkdistill.testing;

import java.util.Arrays;
import org.apache.hadoop.fs.FileStatus;

/** What a local file system lists, for file systems of another scheme around it. */
public final class Statuses {
  private Statuses() {}

  /**
   * The same without permissions, which Hadoop would look up in files of the scheme file only.
   *
   * @param found what was listed
   * @return copies
   */
  public static FileStatus[] withoutPermissions(FileStatus[] found) {
    return Arrays.stream(found)
        .map(
            status ->
                new FileStatus(
                    status.getLen(),
                    status.isDirectory(),
                    status.getReplication(),
                    status.getBlockSize(),
                    status.getModificationTime(),
                    status.getPath()))
        .toArray(FileStatus[]::new);
  }
}
