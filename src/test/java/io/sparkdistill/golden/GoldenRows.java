package io.sparkdistill.golden;

import io.sparkdistill.softtargets.CacheDirectory;
import io.sparkdistill.softtargets.SoftTargetFunctions;
import io.sparkdistill.storage.Manifest;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** All columns of a cache as Spark SQL shows them, cells decoded. */
public final class GoldenRows {
  private GoldenRows() {}

  /** One JSON object a row, sorted. */
  public static List<String> of(SparkSession spark, CacheDirectory cache) {
    Manifest manifest = cache.current().orElseThrow();
    SoftTargetFunctions.register(spark);
    Dataset<Row> rows =
        spark
            .read()
            .parquet(
                cache.index(manifest).files().stream()
                    .map(file -> new Path(cache.root(), file.path()).toString())
                    .toArray(String[]::new));
    return rows
        .selectExpr(
            Arrays.stream(rows.columns())
                .map(column -> decoded(column, manifest) + " AS " + column)
                .toArray(String[]::new))
        .toJSON()
        .collectAsList()
        .stream()
        .sorted()
        .toList();
  }

  private static String decoded(String column, Manifest manifest) {
    if (column.equals("logits")) {
      return "distill_logits(logits, '%s', %s)"
          .formatted(manifest.inputs().get("codec"), manifest.inputs().get("classes"));
    }
    return column.startsWith("intermediate_") ? "distill_intermediate(" + column + ")" : column;
  }
}
