package io.sparkdistill.columnar;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;

/**
 * The pages of one column of lists in one row group. Values go through a dictionary of a byte each
 * while that is possible: pixels and counts have few different values, and take a quarter of the
 * bytes before compression. Not thread-safe.
 */
final class ListPages {
  private static final int VALUES_A_GROUP = 8;

  /** The bits of a number and a varint. */
  private static final int MOST_OF_A_HEAD = 6;

  private final ColumnDescriptor column;
  private final PageWriter out;
  private final int pageBytes;
  private final Levels levels = new Levels();
  private final SmallDictionary dictionary = new SmallDictionary();
  private boolean numbering = true;
  private boolean numbered;
  private byte[] page;
  private int rows;

  /**
   * Writes nothing yet.
   *
   * @param column of the lists' elements
   * @param out where pages go
   * @param pageBytes of a page before it is compressed; one list may go beyond
   */
  ListPages(ColumnDescriptor column, PageWriter out, int pageBytes) {
    this.column = column;
    this.out = out;
    this.pageBytes = pageBytes;
    this.page = new byte[pageBytes];
  }

  void floats(float[] list) throws IOException {
    room(list.length).asFloatBuffer().put(list);
    added(list.length);
  }

  void wholes(float[] list) throws IOException {
    ByteBuffer room = room(list.length);
    for (float value : list) {
      room.putInt((int) value);
    }
    added(list.length);
  }

  private ByteBuffer room(int length) {
    int used = levels.values() * Integer.BYTES;
    int needed = Math.multiplyExact(length, Integer.BYTES);
    if (page.length < used + needed) {
      page = Arrays.copyOf(page, Math.max(used + needed, pageBytes + needed));
    }
    return ByteBuffer.wrap(page, used, needed).slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  private void added(int length) throws IOException {
    levels.list(length);
    rows++;
    if (levels.values() * Integer.BYTES >= pageBytes) {
      flush();
    }
  }

  /** Bytes in memory that are not in a page yet. */
  long buffered() {
    return levels.values() * (long) Integer.BYTES;
  }

  void finish() throws IOException {
    flush();
    if (numbered) {
      out.writeDictionaryPage(
          new DictionaryPage(
              BytesInput.from(dictionary.values()), dictionary.size(), Encoding.PLAIN));
    }
  }

  private void flush() throws IOException {
    int count = levels.values();
    if (count == 0) {
      return;
    }
    byte[] encoded = numbering ? numbers(count) : new byte[0];
    boolean few = encoded.length > 0;
    numbering &= few;
    numbered |= few;
    BytesInput body = few ? BytesInput.from(encoded) : plain(count);
    out.writePage(
        BytesInput.concat(BytesInput.from(levels.bytes()), body),
        count,
        rows,
        few ? statistics(dictionary.values(), dictionary.size()) : statistics(page, count),
        Encoding.RLE,
        Encoding.RLE,
        few ? Encoding.RLE_DICTIONARY : Encoding.PLAIN);
    rows = 0;
    levels.clear();
  }

  private BytesInput plain(int count) {
    return BytesInput.from(page, 0, count * Integer.BYTES);
  }

  /** One run of numbers of 8 bits; empty if there are too many different values. */
  private byte[] numbers(int count) {
    int groups = (count + VALUES_A_GROUP - 1) / VALUES_A_GROUP;
    byte[] head = new byte[MOST_OF_A_HEAD];
    head[0] = Byte.SIZE;
    int start = Levels.varint(head, 1, (groups << 1) | 1);
    byte[] encoded = Arrays.copyOf(head, start + groups * VALUES_A_GROUP);
    return dictionary.encode(page, count, encoded, start) ? encoded : new byte[0];
  }

  private Statistics<?> statistics(byte[] bytes, int count) {
    return switch (column.getPrimitiveType().getPrimitiveTypeName()) {
      case FLOAT -> Bounds.ofFloats(column.getPrimitiveType(), bytes, count);
      default -> Bounds.ofInts(column.getPrimitiveType(), bytes, count);
    };
  }
}
