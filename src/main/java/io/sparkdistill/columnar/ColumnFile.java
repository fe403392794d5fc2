package io.sparkdistill.columnar;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetOutputFormat;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.api.Binary;

/**
 * A Parquet file of rows in which nothing is null. Pages are compressed with Zstandard and carry
 * checksums; Parquet's own settings for the bytes of pages and of row groups and for the level of
 * compression hold. Memory is bounded by a row group. Not thread-safe.
 *
 * <p>Every column of a row gets its value, in any order, then the row is ended.
 */
public final class ColumnFile implements Closeable {
  private static final int ROWS_BETWEEN_LOOKS = 16;

  private final RowGroup.Shape shape;
  private final long groupBytes;
  private final OpenedOutput output;
  private final ParquetFileWriter writer;
  private RowGroup group;

  private ColumnFile(
      RowGroup.Shape shape, long groupBytes, OpenedOutput output, ParquetFileWriter writer) {
    this.shape = shape;
    this.groupBytes = groupBytes;
    this.output = output;
    this.writer = writer;
    this.group = new RowGroup(shape);
  }

  /**
   * Creates a file.
   *
   * @param path must not exist
   * @param columns of the rows
   * @param conf where file systems are configured
   * @return to be closed
   * @throws IOException if the file cannot be created
   */
  public static ColumnFile create(Path path, List<FileColumn> columns, Configuration conf)
      throws IOException {
    long groupBytes =
        conf.getLong(ParquetOutputFormat.BLOCK_SIZE, ParquetWriter.DEFAULT_BLOCK_SIZE);
    int pageBytes = conf.getInt(ParquetOutputFormat.PAGE_SIZE, ParquetWriter.DEFAULT_PAGE_SIZE);
    OpenedOutput output = new OpenedOutput(path, conf);
    PageCompressor compressor = new PageCompressor(conf);
    RowGroup.Shape shape =
        new RowGroup.Shape(RowGroup.Shape.schema(columns), columns, compressor, pageBytes);
    ParquetFileWriter writer =
        new ParquetFileWriter(
            output,
            shape.schema(),
            ParquetFileWriter.Mode.CREATE,
            groupBytes,
            ParquetWriter.MAX_PADDING_SIZE_DEFAULT,
            ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH,
            ParquetProperties.DEFAULT_STATISTICS_TRUNCATE_LENGTH,
            true);
    writer.start();
    return new ColumnFile(shape, groupBytes, output, writer);
  }

  /**
   * Gives the row a value.
   *
   * @param column its place, of kind {@link FileColumn.Kind#TEXT}
   * @param value any
   */
  public void text(int column, String value) {
    group.write(column, Binary.fromString(value));
  }

  /**
   * Gives the row a value.
   *
   * @param column its place, of kind {@link FileColumn.Kind#BYTES}
   * @param value any; kept, not copied
   */
  public void bytes(int column, byte[] value) {
    group.write(column, Binary.fromConstantByteArray(value));
  }

  /**
   * Gives the row a value.
   *
   * @param column its place, of kind {@link FileColumn.Kind#INT}
   * @param value any
   */
  public void number(int column, int value) {
    group.write(column, value);
  }

  /**
   * Gives the row a value.
   *
   * @param column its place, of kind {@link FileColumn.Kind#LONG}
   * @param value any
   */
  public void number(int column, long value) {
    group.write(column, value);
  }

  /**
   * Gives the row a value.
   *
   * @param column its place, of kind {@link FileColumn.Kind#FLOAT}
   * @param value any
   */
  public void number(int column, float value) {
    group.write(column, value);
  }

  /**
   * A value of a column of lists.
   *
   * @param column whose elements are floats, or whole numbers into which the values are cast
   * @param values at least one; copied
   * @throws IOException if a page cannot be compressed
   * @throws IllegalArgumentException if there is no value
   */
  public void list(int column, float[] values) throws IOException {
    if (values.length == 0) {
      throw new IllegalArgumentException("Lists must have values.");
    }
    ListPages list = group.list(column);
    if (shape.columns().get(column).kind() == FileColumn.Kind.FLOATS) {
      list.floats(values);
    } else {
      list.wholes(values);
    }
  }

  /**
   * Ends a row.
   *
   * @throws IOException if a row group cannot be written
   */
  public void endRow() throws IOException {
    group.endRow();
    if (group.rows() % ROWS_BETWEEN_LOOKS == 0 && group.bytes() >= groupBytes) {
      group.flush(writer);
      group = new RowGroup(shape);
    }
  }

  /**
   * Writes what is left, and the footer.
   *
   * @throws IOException if the store does not take it
   */
  @Override
  public void close() throws IOException {
    try {
      if (group.rows() > 0) {
        group.flush(writer);
      }
      writer.end(Map.of());
    } finally {
      shape.compressor().release();
    }
  }

  /**
   * Lets go of a file that is not to be finished; what is in it is no Parquet file.
   *
   * @throws IOException if the store fails
   */
  public void abandon() throws IOException {
    shape.compressor().release();
    output.close();
  }

  /**
   * Bytes of a column and all below it, with page headers, after the file was closed.
   *
   * @param column its name
   * @return compressed
   */
  public long columnBytes(String column) {
    return writer.getFooter().getBlocks().stream()
        .flatMap(block -> block.getColumns().stream())
        .filter(chunk -> chunk.getPath().toArray()[0].equals(column))
        .mapToLong(ColumnChunkMetaData::getTotalSize)
        .sum();
  }
}
