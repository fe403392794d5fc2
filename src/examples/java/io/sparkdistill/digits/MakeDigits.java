package io.sparkdistill.digits;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Makes the sample data: the first training rows of MNIST and its whole test set, as
 * Hive-partitioned Parquet with columns id (string), pixels (784 floats from 0 to 1), label (int).
 */
public final class MakeDigits {
  private static final int PARTITIONS = 4;
  private static final int ZSTD_LEVEL = 22;

  private MakeDigits() {}

  /**
   * Writes the folders {@code train} and {@code test}, which must not exist.
   *
   * @param args folder of the four IDX files, folder to write to, number of training rows
   * @throws IOException if a file cannot be read
   */
  public static void main(String[] args) throws IOException {
    Path mnist = Path.of(args[0]);
    Path out = Path.of(args[1]);
    int trainRows = Integer.parseInt(args[2]);
    try (SparkSession spark =
        SparkSession.builder().appName("make digits").master("local[2]").getOrCreate()) {
      write(spark, rows(mnist, "train", "train", trainRows), out.resolve("train"));
      write(spark, rows(mnist, "t10k", "test", Integer.MAX_VALUE), out.resolve("test"));
    }
  }

  private static List<Row> rows(Path mnist, String file, String part, int most) throws IOException {
    Idx images = Idx.read(mnist.resolve(file + "-images-idx3-ubyte.gz"));
    Idx labels = Idx.read(mnist.resolve(file + "-labels-idx1-ubyte.gz"));
    int count = Math.min(most, images.items());
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Float> pixels = new ArrayList<>(images.itemBytes());
      for (int j = 0; j < images.itemBytes(); j++) {
        pixels.add(images.value(i, j) / 255f);
      }
      rows.add(
          RowFactory.create(
              String.format(Locale.ROOT, "%s-%05d", part, i),
              pixels,
              labels.value(i, 0),
              (int) ((long) i * PARTITIONS / count)));
    }
    return rows;
  }

  /** One file a partition and one page a column, because small files cannot be small pages. */
  private static void write(SparkSession spark, List<Row> rows, Path folder) {
    StructType schema =
        new StructType()
            .add("id", DataTypes.StringType)
            .add("pixels", DataTypes.createArrayType(DataTypes.FloatType, false))
            .add("label", DataTypes.IntegerType)
            .add("part", DataTypes.IntegerType);
    spark
        .createDataFrame(rows, schema)
        .coalesce(1)
        .write()
        .partitionBy("part")
        .option("compression", "zstd")
        .option("parquet.compression.codec.zstd.level", ZSTD_LEVEL)
        .option("parquet.page.size", 64 << 20)
        .option("parquet.page.row.count.limit", 1 << 20)
        .option("parquet.page.size.row.check.max", 1 << 20)
        .option("mapreduce.fileoutputcommitter.marksuccessfuljobs", "false")
        .parquet(folder.toUri().toString());
  }
}
