package io.sparkdistill.softtargets;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A Parquet file that rows are written to. Not thread-safe. */
interface RowFile<T> {
  void write(T row) throws IOException;

  /** Ends the file. */
  void finish() throws IOException;

  /** Lets go of the file without ending it. */
  void abandon() throws IOException;

  /** Bytes of a column and all below it, compressed, after the file was finished. */
  long columnBytes(String column);

  /** Creates such a file. */
  interface Format<T> {
    /**
     * Begins a file.
     *
     * @param path must not exist
     * @param conf where file systems are configured
     * @return to be finished or abandoned
     */
    RowFile<T> create(Path path, Configuration conf) throws IOException;
  }
}
