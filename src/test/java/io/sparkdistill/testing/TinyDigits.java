package io.sparkdistill.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A data set that {@link TinyTeacher} knows the answers of: rows of noise with one group of
 * features raised, labelled by the group, and one label in ten wrong.
 */
public final class TinyDigits {
  public static final int WIDTH = 12;
  public static final int CLASSES = 3;

  private TinyDigits() {}

  /** Columns id (string), features (array of float), label (int). */
  public static StructType schema() {
    return new StructType()
        .add("id", DataTypes.StringType)
        .add("features", DataTypes.createArrayType(DataTypes.FloatType))
        .add("label", DataTypes.IntegerType);
  }

  public static List<Row> rows(String prefix, int count, long seed) {
    Random random = new Random(seed);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int label = random.nextInt(CLASSES);
      List<Float> features = new ArrayList<>();
      for (int j = 0; j < WIDTH; j++) {
        features.add(random.nextFloat() + (j % CLASSES == label ? 0.2f : 0));
      }
      int given = random.nextInt(10) == 0 ? random.nextInt(CLASSES) : label;
      rows.add(
          RowFactory.create(String.format(Locale.ROOT, "%s-%05d", prefix, i), features, given));
    }
    return rows;
  }

  /** Writes train and test folders below {@code folder}, in so many files each. */
  public static void write(SparkSession spark, Path folder, int files) {
    write(spark, rows("train", 600, 1), schema(), folder.resolve("train"), files);
    write(spark, rows("test", 200, 2), schema(), folder.resolve("test"), files);
  }

  public static void write(
      SparkSession spark, List<Row> rows, StructType schema, Path folder, int files) {
    spark
        .createDataFrame(rows, schema)
        .repartition(files)
        .write()
        .mode("overwrite")
        .parquet("file:" + folder);
  }
}
