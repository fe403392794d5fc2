package io.sparkdistill.softtargets;

import io.sparkdistill.columnar.RowWriter;
import io.sparkdistill.examples.BadRow;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Rows that were not accepted, in Parquet. There are few, so that Parquet's own writer does. */
final class QuarantineFile implements RowWriter<BadRow> {
  private final ParquetWriter<BadRow> writer;

  private QuarantineFile(ParquetWriter<BadRow> writer) {
    this.writer = writer;
  }

  static QuarantineFile create(Path path, Configuration conf) throws IOException {
    return new QuarantineFile(new Builder(path).withConf(conf).build());
  }

  @Override
  public void write(BadRow row) throws IOException {
    writer.write(row);
  }

  @Override
  public void finish() throws IOException {
    writer.close();
  }

  @Override
  public void abandon() throws IOException {
    writer.close();
  }

  private static final class Builder extends ParquetWriter.Builder<BadRow, Builder> {
    Builder(Path path) {
      super(path);
      withWriteMode(ParquetFileWriter.Mode.CREATE);
      withCompressionCodec(CompressionCodecName.ZSTD);
      withPageWriteChecksumEnabled(true);
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected WriteSupport<BadRow> getWriteSupport(Configuration conf) {
      return new QuarantineWriteSupport();
    }
  }
}
