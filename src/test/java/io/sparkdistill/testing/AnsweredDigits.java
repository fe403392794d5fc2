package io.sparkdistill.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * {@link TinyDigits} with a column {@code answers}: what a {@link TinyTeacher} would answer, times
 * a scale, in double precision.
 *
 * @param scale of the logits
 */
public record AnsweredDigits(double scale) {
  public static AnsweredDigits logits(double scale) {
    return new AnsweredDigits(scale);
  }

  /** Writes train and test folders below {@code folder}, over those that are there. */
  public void write(Path folder) {
    write(folder, 600);
  }

  /** The same with so many training rows. */
  public void write(Path folder, int rows) {
    StructType schema =
        TinyDigits.schema().add("answers", DataTypes.createArrayType(DataTypes.DoubleType));
    try (SparkSession spark = SparkSession.builder().master("local[2]").getOrCreate()) {
      TinyDigits.write(
          spark, answered(TinyDigits.rows("train", rows, 1)), schema, folder.resolve("train"), 3);
      TinyDigits.write(
          spark, answered(TinyDigits.rows("test", 200, 2)), schema, folder.resolve("test"), 3);
    }
  }

  private List<Row> answered(List<Row> rows) {
    return rows.stream()
        .map(
            row ->
                RowFactory.create(row.get(0), row.get(1), row.get(2), answer((List<?>) row.get(1))))
        .toList();
  }

  private List<Double> answer(List<?> features) {
    List<Double> logits = new ArrayList<>();
    for (int c = 0; c < TinyDigits.CLASSES; c++) {
      double sum = 0;
      for (int i = c; i < features.size(); i += TinyDigits.CLASSES) {
        sum += ((Number) features.get(i)).doubleValue();
      }
      logits.add(scale * sum);
    }
    return logits;
  }
}
