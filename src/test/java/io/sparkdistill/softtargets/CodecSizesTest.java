package io.sparkdistill.softtargets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the column of logits takes in a real Parquet file of Spark's, by the file's footer. */
class CodecSizesTest {
  private static SparkSession spark;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    spark = SparkSession.builder().master("local[2]").getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @Test
  void tenClasses() throws IOException {
    assertThat(bytesOfARow(new Float16Codec(10), 10, 10_000)).isLessThanOrEqualTo(24);
    assertThat(bytesOfARow(new Int8Codec(10), 10, 10_000)).isLessThanOrEqualTo(14);
  }

  @Test
  void fiftyThousandClasses() throws IOException {
    assertThat(bytesOfARow(new SampledCodec(50_000, 32, 1), 50_000, 300)).isLessThanOrEqualTo(60);
    assertThat(bytesOfARow(new TopKCodec(50_000, 32, 1), 50_000, 300)).isLessThanOrEqualTo(160);
  }

  /** At a high temperature nearly all draws are distinct, which is the worst case. */
  @Test
  void fiftyThousandNearlyEqualClasses() throws IOException {
    assertThat(bytesOfARow(new SampledCodec(50_000, 32, 100), 50_000, 300)).isLessThanOrEqualTo(60);
    assertThat(bytesOfARow(new TopKCodec(50_000, 32, 100), 50_000, 300)).isLessThanOrEqualTo(160);
  }

  private double bytesOfARow(PackedCodec codec, int classes, int count) throws IOException {
    Path place = folder.resolve(codec.description().replaceAll("\\W", "-"));
    List<ScoredRow> rows = new ArrayList<>();
    SplitMix64 hashes = new SplitMix64(9);
    for (int i = 0; i < count; i++) {
      ScoredRow row = new ScoredRow();
      row.setId(Integer.toString(i));
      row.setInputHash(
          ByteBuffer.allocate(SoftTargetColumns.HASH_BYTES)
              .putLong(hashes.nextLong())
              .putLong(hashes.nextLong())
              .array());
      codec.encode(CellRows.gaussian(classes, i), row);
      rows.add(row);
    }
    spark
        .createDataset(rows, Encoders.bean(ScoredRow.class))
        .select(SoftTargetColumns.ofBean(codec))
        .coalesce(1)
        .write()
        .option("compression", "zstd")
        .parquet(place.toString());
    return (double) bytesOfLogits(place) / count;
  }

  private static long bytesOfLogits(Path place) throws IOException {
    Configuration conf = new Configuration();
    org.apache.hadoop.fs.Path root = new org.apache.hadoop.fs.Path(place.toUri());
    long bytes = 0;
    for (var file :
        root.getFileSystem(conf)
            .globStatus(new org.apache.hadoop.fs.Path(root, "*.zstd.parquet"))) {
      try (ParquetFileReader reader =
          ParquetFileReader.open(HadoopInputFile.fromStatus(file, conf))) {
        for (BlockMetaData block : reader.getFooter().getBlocks()) {
          for (ColumnChunkMetaData column : block.getColumns()) {
            bytes += column.getPath().toDotString().equals("logits") ? column.getTotalSize() : 0;
          }
        }
      }
    }
    assertThat(bytes).isPositive();
    return bytes;
  }
}
