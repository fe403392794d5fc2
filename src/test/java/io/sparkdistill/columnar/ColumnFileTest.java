package io.sparkdistill.columnar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.FloatStatistics;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetOutputFormat;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Parquet's own reader finds in our files; CodecsTest reads them with Spark and DuckDB. */
class ColumnFileTest {
  private static final List<FileColumn> COLUMNS =
      List.of(
          new FileColumn("name", FileColumn.Kind.TEXT),
          new FileColumn("cell", FileColumn.Kind.BYTES),
          new FileColumn("number", FileColumn.Kind.INT),
          new FileColumn("seed", FileColumn.Kind.LONG),
          new FileColumn("floats", FileColumn.Kind.FLOATS),
          new FileColumn("bytes", FileColumn.Kind.BYTE_LIST),
          new FileColumn("weight", FileColumn.Kind.FLOAT));

  private final Configuration conf = new Configuration();
  @TempDir private Path folder;

  @Test
  void rowsComeBackAsTheyWere() throws IOException {
    conf.setInt(ParquetOutputFormat.PAGE_SIZE, 1000);
    conf.setInt(ParquetOutputFormat.BLOCK_SIZE, 20_000);
    List<float[]> lists = new ArrayList<>();
    Random random = new Random(5);
    for (int i = 0; i < 2000; i++) {
      float[] list = new float[1 + random.nextInt(20)];
      for (int k = 0; k < list.length; k++) {
        // Few values, then many, then few again: pages with and without a dictionary.
        list[k] = i > 500 && i < 700 ? random.nextFloat() : random.nextInt(100) - 50;
      }
      lists.add(list);
    }
    BlockMetaData last = write(lists);
    List<float[]> read = new ArrayList<>();
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), file()).withConf(conf).build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        int i = read.size();
        float[] expected = lists.get(i);
        assertThat(row.getString("name", 0)).isEqualTo("row " + i);
        assertThat(row.getBinary("cell", 0).getBytes()).containsExactly(cell(i));
        assertThat(row.getInteger("number", 0)).isEqualTo(i % 7);
        assertThat(row.getLong("seed", 0)).isEqualTo(-i * 10_000_000_000L);
        assertThat(row.getFloat("weight", 0)).isEqualTo(i / 8f);
        read.add(floats(row.getGroup("floats", 0)));
        Group bytes = row.getGroup("bytes", 0);
        for (int k = 0; k < expected.length; k++) {
          assertThat(bytes.getGroup(0, k).getInteger(0, 0)).isEqualTo((int) expected[k]);
        }
      }
    }
    assertThat(read).hasSize(lists.size());
    for (int i = 0; i < read.size(); i++) {
      assertThat(read.get(i)).containsExactly(lists.get(i));
    }
    assertThat(last.getOrdinal()).as("row groups before the last").isPositive();
  }

  @Test
  void fewDifferentValuesTakeAByteEach() throws IOException {
    ColumnChunkMetaData floats = floats(write(random(400, 16)));
    assertThat(floats.getEncodings()).contains(Encoding.RLE_DICTIONARY);
    assertThat(floats.getTotalUncompressedSize()).isBetween(6400L, 9000L);
  }

  @Test
  void manyDifferentValuesAreWrittenAsTheyAre() throws IOException {
    ColumnChunkMetaData floats = floats(write(random(400, 1 << 20)));
    assertThat(floats.getEncodings())
        .contains(Encoding.PLAIN)
        .doesNotContain(Encoding.RLE_DICTIONARY);
    assertThat(floats.getTotalUncompressedSize()).isBetween(25_600L, 29_000L);
  }

  @Test
  void footersTellLeastAndGreatestValues() throws IOException {
    BlockMetaData block = write(List.of(new float[] {-3, 2}, new float[] {7}));
    assertThat(floats(block).getStatistics())
        .isInstanceOfSatisfying(
            FloatStatistics.class,
            statistics -> {
              assertThat(statistics.getMin()).isEqualTo(-3f);
              assertThat(statistics.getMax()).isEqualTo(7f);
            });
  }

  @Test
  void refusesListsWithoutValues() throws IOException {
    ColumnFile file = ColumnFile.create(file(), COLUMNS, conf);
    assertThatThrownBy(() -> file.list(4, new float[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Lists must have values.");
    file.abandon();
  }

  @Test
  void namesAndNumbersAreReadWithoutTheRest() throws IOException {
    conf.setInt(ParquetOutputFormat.BLOCK_SIZE, 20_000);
    assertThat(write(random(2000, 1 << 20)).getOrdinal()).as("row groups").isPositive();
    List<String> read = new ArrayList<>();
    NameScan.read(
        file(),
        "name",
        "number",
        conf,
        (name, number) -> read.add(new String(name, StandardCharsets.UTF_8) + ": " + number));
    assertThat(read).hasSize(2000);
    for (int i = 0; i < read.size(); i++) {
      assertThat(read.get(i)).isEqualTo("row " + i + ": " + i % 7);
    }
  }

  private static List<float[]> random(int rows, int different) {
    Random random = new Random(3);
    List<float[]> lists = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      float[] list = new float[16];
      for (int k = 0; k < list.length; k++) {
        list[k] = random.nextInt(different);
      }
      lists.add(list);
    }
    return lists;
  }

  private BlockMetaData write(List<float[]> lists) throws IOException {
    try (ColumnFile file = ColumnFile.create(file(), COLUMNS, conf)) {
      for (int i = 0; i < lists.size(); i++) {
        file.text(0, "row " + i);
        file.bytes(1, cell(i));
        file.number(2, i % 7);
        file.number(3, -i * 10_000_000_000L);
        file.list(4, lists.get(i));
        file.list(5, lists.get(i));
        file.number(6, i / 8f);
        file.endRow();
      }
    }
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(file(), conf))) {
      List<BlockMetaData> blocks = reader.getFooter().getBlocks();
      return blocks.get(blocks.size() - 1);
    }
  }

  private static ColumnChunkMetaData floats(BlockMetaData block) {
    return block.getColumns().get(4);
  }

  private static float[] floats(Group list) {
    float[] values = new float[list.getFieldRepetitionCount(0)];
    for (int k = 0; k < values.length; k++) {
      values[k] = list.getGroup(0, k).getFloat(0, 0);
    }
    return values;
  }

  private static byte[] cell(int row) {
    return Integer.toString(row).getBytes(StandardCharsets.UTF_8);
  }

  private org.apache.hadoop.fs.Path file() {
    return new org.apache.hadoop.fs.Path(folder.resolve("rows.parquet").toUri());
  }
}
