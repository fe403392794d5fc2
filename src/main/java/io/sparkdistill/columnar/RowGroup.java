package io.sparkdistill.columnar;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.impl.ColumnWriteStoreV1;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** The rows that are in memory until they are written at once. Not thread-safe. */
final class RowGroup {
  /** What all row groups of a file have in common. */
  record Shape(
      MessageType schema, List<FileColumn> columns, PageCompressor compressor, int pageBytes) {
    static MessageType schema(List<FileColumn> columns) {
      return new MessageType("rows", columns.stream().map(FileColumn::type).toList());
    }
  }

  private final ColumnChunkPageWriteStore pages;
  private final ColumnWriteStore single;
  private final List<Optional<ColumnWriter>> writers = new ArrayList<>();
  private final List<Optional<ListPages>> lists = new ArrayList<>();
  private final List<ColumnDescriptor> descriptors;
  private long rows;

  RowGroup(Shape shape) {
    this.descriptors = shape.schema().getColumns();
    this.pages =
        new ColumnChunkPageWriteStore(
            shape.compressor(),
            shape.schema(),
            new HeapByteBufferAllocator(),
            ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH,
            true);
    List<Type> singles =
        shape.schema().getFields().stream()
            .filter(Type::isPrimitive)
            .map(Type.class::cast)
            .toList();
    this.single =
        new ColumnWriteStoreV1(new MessageType("rows", singles), pages, properties(shape));
    for (int i = 0; i < descriptors.size(); i++) {
      ColumnDescriptor descriptor = descriptors.get(i);
      boolean list = shape.columns().get(i).kind().isList();
      writers.add(list ? Optional.empty() : Optional.of(single.getColumnWriter(descriptor)));
      lists.add(
          list
              ? Optional.of(
                  new ListPages(descriptor, pages.getPageWriter(descriptor), shape.pageBytes()))
              : Optional.empty());
    }
  }

  private static ParquetProperties properties(Shape shape) {
    ParquetProperties.Builder properties =
        ParquetProperties.builder()
            .withPageSize(shape.pageBytes())
            .withWriterVersion(ParquetProperties.WriterVersion.PARQUET_1_0);
    for (FileColumn column : shape.columns()) {
      // Names and packed cells do not repeat, and a dictionary of them is tried in vain.
      properties.withDictionaryEncoding(
          column.name(),
          column.kind() == FileColumn.Kind.INT || column.kind() == FileColumn.Kind.FLOAT);
    }
    return properties.build();
  }

  void write(int column, Binary value) {
    writer(column).write(value, 0, 0);
  }

  void write(int column, int value) {
    writer(column).write(value, 0, 0);
  }

  void write(int column, long value) {
    writer(column).write(value, 0, 0);
  }

  void write(int column, float value) {
    writer(column).write(value, 0, 0);
  }

  ListPages list(int column) {
    return lists.get(column).orElseThrow();
  }

  private ColumnWriter writer(int column) {
    return writers.get(column).orElseThrow();
  }

  void endRow() {
    single.endRecord();
    rows++;
  }

  long rows() {
    return rows;
  }

  /** Bytes in memory, pages after compression. */
  long bytes() {
    long bytes = single.getBufferedSize();
    for (int i = 0; i < descriptors.size(); i++) {
      bytes += lists.get(i).map(ListPages::buffered).orElse(0L);
      if (lists.get(i).isPresent()) {
        bytes += pages.getPageWriter(descriptors.get(i)).getMemSize();
      }
    }
    return bytes;
  }

  void flush(ParquetFileWriter file) throws IOException {
    single.flush();
    for (Optional<ListPages> list : lists) {
      if (list.isPresent()) {
        list.get().finish();
      }
    }
    file.startBlock(rows);
    pages.flushToFileWriter(file);
    file.endBlock();
  }
}
