package io.sparkdistill.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.config.SourceConfig;
import io.sparkdistill.testing.TinyDigits;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A listing tells that files were not touched, and does not pretend where there are none. */
class SourceListingTest {
  @TempDir private Path folder;

  @Test
  void tellsTouchedFilesFromUntouchedOnes() {
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      TinyDigits.write(spark, folder, 2);
      Optional<String> before = listing(spark.read().parquet(folder.resolve("train").toString()));
      assertThat(before).isPresent();
      assertThat(listing(spark.read().parquet(folder.resolve("train").toString())))
          .isEqualTo(before);
      TinyDigits.write(spark, folder, 1);
      assertThat(listing(spark.read().parquet(folder.resolve("train").toString())))
          .isPresent()
          .isNotEqualTo(before);
    }
  }

  @Test
  void saysNothingOfATableWhoseFilesAreNotKnown() {
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      List<Row> rows = TinyDigits.rows("train", 3, 1);
      assertThat(listing(spark.createDataFrame(rows, TinyDigits.schema()))).isEmpty();
    }
  }

  private static Optional<String> listing(Dataset<Row> rows) {
    return SourceListing.sha256(
        new ExampleTable(new SourceConfig.Table("t"), rows), new Configuration());
  }
}
