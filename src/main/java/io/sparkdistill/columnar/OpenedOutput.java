package io.sparkdistill.columnar;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** A new file whose stream can be closed although Parquet's writer failed and left it open. */
final class OpenedOutput implements OutputFile {
  private final OutputFile file;
  private final PositionOutputStream stream;

  OpenedOutput(Path path, Configuration conf) throws IOException {
    this.file = HadoopOutputFile.fromPath(path, conf);
    this.stream = file.create(file.defaultBlockSize());
  }

  void close() throws IOException {
    stream.close();
  }

  @Override
  public PositionOutputStream create(long blockSize) {
    return stream;
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSize) {
    return stream;
  }

  @Override
  public boolean supportsBlockSize() {
    return file.supportsBlockSize();
  }

  @Override
  public long defaultBlockSize() {
    return file.defaultBlockSize();
  }
}
