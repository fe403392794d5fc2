package io.sparkdistill.columnar;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;

/**
 * Reads two columns of a {@link ColumnFile} and nothing else of it: a text and a whole number.
 * Where Parquet is told to verify checksums, it does. Stateless and thread-safe.
 */
public final class NameScan {
  private NameScan() {}

  /** Takes the two values of each row. */
  public interface Taker {
    /**
     * Takes a row.
     *
     * @param text in UTF-8; not kept
     * @param number beside it
     */
    void row(byte[] text, int number);
  }

  /**
   * Reads a file.
   *
   * @param path of the file
   * @param text a column of kind {@link FileColumn.Kind#TEXT}
   * @param number a column of kind {@link FileColumn.Kind#INT}
   * @param conf where file systems and Parquet are configured
   * @param taker takes the rows, in their order
   * @throws IOException if the store or the file fails
   */
  public static void read(Path path, String text, String number, Configuration conf, Taker taker)
      throws IOException {
    MessageType schema =
        RowGroup.Shape.schema(
            List.of(
                new FileColumn(text, FileColumn.Kind.TEXT),
                new FileColumn(number, FileColumn.Kind.INT)));
    try (ParquetFileReader reader =
        new ParquetFileReader(
            HadoopInputFile.fromPath(path, conf), HadoopReadOptions.builder(conf).build())) {
      reader.setRequestedSchema(schema);
      String writer = reader.getFileMetaData().getCreatedBy();
      for (PageReadStore group = reader.readNextRowGroup();
          group != null;
          group = reader.readNextRowGroup()) {
        ColumnReadStoreImpl columns =
            new ColumnReadStoreImpl(
                group, new GroupRecordConverter(schema).getRootConverter(), schema, writer);
        rows(
            columns.getColumnReader(schema.getColumns().get(0)),
            columns.getColumnReader(schema.getColumns().get(1)),
            group.getRowCount(),
            taker);
      }
    }
  }

  private static void rows(ColumnReader text, ColumnReader number, long rows, Taker taker) {
    for (long i = 0; i < rows; i++) {
      taker.row(text.getBinary().getBytesUnsafe(), number.getInteger());
      text.consume();
      number.consume();
    }
  }
}
