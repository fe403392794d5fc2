package io.sparkdistill.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkdistill.config.DatasetConfig;
import io.sparkdistill.config.SourceConfig;
import io.sparkdistill.testing.TinyDigits;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Splits name parts of files, and only where a partition is one. */
class TableSplitsTest {
  @TempDir private Path folder;

  @Test
  void eachFileIsASplitWhateverTheParallelism() {
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      TinyDigits.write(spark, folder, 5);
      List<InputSplit> splits = splits(spark).orElseThrow();
      assertThat(splits).hasSize(5).allMatch(split -> split.start() == 0);
      assertThat(splits).extracting(InputSplit::key).doesNotHaveDuplicates();
      assertThat(splits(spark)).contains(splits);
    }
  }

  @Test
  void viewsThatComputeAreNoFiles() {
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      TinyDigits.write(spark, folder, 2);
      SparkSession session = TableSplits.session(spark, 1 << 20);
      session.read().parquet(folder + "/train").createOrReplaceTempView("plain");
      session.sql("SELECT * FROM plain WHERE label < 2").createOrReplaceTempView("some");
      session.sql("SELECT * FROM plain").repartition(2).createOrReplaceTempView("shuffled");
      assertThat(splitsOf(session, new SourceConfig.Table("some"))).isEmpty();
      assertThat(splitsOf(session, new SourceConfig.Table("shuffled"))).isEmpty();
    }
  }

  @Test
  void filesOfWhichAFormatLeavesRowsOutAreNoFiles() {
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      TinyDigits.write(spark, folder, 2);
      SparkSession session = TableSplits.session(spark, 1 << 20);
      for (String format : List.of("parquet", HidingFormat.class.getName())) {
        session.sql("DROP TABLE IF EXISTS kept");
        session.sql(
            "CREATE TABLE kept USING `%s` LOCATION '%s/train'".formatted(format, folder.toUri()));
        assertThat(splitsOf(session, new SourceConfig.Table("kept")).isPresent())
            .isEqualTo(format.equals("parquet"));
      }
      session.sql("DROP TABLE kept");
    }
  }

  /** As table formats have it that mark rows of a file as removed. */
  public static final class HidingFormat extends ParquetFileFormat {
    private static final long serialVersionUID = 1;
  }

  private Optional<List<InputSplit>> splits(SparkSession spark) {
    return splitsOf(
        TableSplits.session(spark, 1 << 20), new SourceConfig.Files(folder + "/train", "parquet"));
  }

  private static Optional<List<InputSplit>> splitsOf(SparkSession session, SourceConfig source) {
    DatasetConfig dataset =
        new DatasetConfig(source, source, "id", "features", "label", TinyDigits.CLASSES);
    return TableSplits.of(new ExampleReader(session, dataset).open(source));
  }
}
