package io.sparkdistill.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;

import io.sparkdistill.digits.Idx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The rows that every system labels: columns id, pixels (floats from 0 to 1) and label. */
final class LabelRows {
  static final String TRAIN = "train";
  static final String TEST = "test";

  private static final int FILES = 8;
  private static final int TEST_ROWS = 64;

  /** So many that what each system does once counts as little as in real runs. */
  private static final long ROWS = 600_000;

  private static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.StringType)
          .add("pixels", DataTypes.createArrayType(DataTypes.FloatType, false))
          .add("label", DataTypes.IntegerType);

  private LabelRows() {}

  /**
   * Writes the training rows in 8 files, and a few test rows, because a configuration needs some.
   *
   * @return what the rows are, for people
   */
  static String write(SparkSession spark, Path mnist, Path folder) throws IOException {
    boolean original = Files.isDirectory(mnist);
    Dataset<Row> once =
        original ? mnist(spark, mnist) : spark.read().parquet("src/examples/digits/train");
    long times = ROWS / once.count();
    repeated(spark, once, times).write().parquet(folder.resolve(TRAIN).toString());
    Dataset<Row> written = spark.read().parquet(folder.resolve(TRAIN).toString());
    written.limit(TEST_ROWS).coalesce(1).write().parquet(folder.resolve(TEST).toString());
    return String.format(
        Locale.ROOT,
        original
            ? "%,d rows: MNIST's training rows, %d times"
            : "%,d rows: the sample data's, %d times, because MNIST is not there",
        written.count(),
        times);
  }

  private static Dataset<Row> mnist(SparkSession spark, Path mnist) throws IOException {
    Idx images = Idx.read(mnist.resolve("train-images-idx3-ubyte.gz"));
    Idx labels = Idx.read(mnist.resolve("train-labels-idx1-ubyte.gz"));
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<Integer> numbers = IntStream.range(0, images.items()).boxed().toList();
    JavaRDD<Row> rows =
        context
            .parallelize(numbers, FILES)
            .map(new Digit(context.broadcast(images.values()), context.broadcast(labels.values())));
    return spark.createDataFrame(rows, SCHEMA);
  }

  private static Dataset<Row> repeated(SparkSession spark, Dataset<Row> once, long times) {
    return once.crossJoin(spark.range(times).toDF("time"))
        .select(concat(col("id"), lit("-"), col("time")).as("id"), col("pixels"), col("label"))
        .repartition(FILES);
  }

  private record Digit(Broadcast<byte[]> images, Broadcast<byte[]> labels)
      implements Function<Integer, Row> {
    @Override
    public Row call(Integer number) {
      float[] pixels = new float[Teacher.WIDTH];
      for (int i = 0; i < Teacher.WIDTH; i++) {
        pixels[i] = (images.value()[number * Teacher.WIDTH + i] & 0xff) / 255f;
      }
      return RowFactory.create(
          String.format(Locale.ROOT, "train-%05d", number), pixels, (int) labels.value()[number]);
    }
  }
}
