package io.sparkdistill.examples;

import io.sparkdistill.failure.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.OneToOneDependency;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.execution.datasources.FilePartition;
import org.apache.spark.sql.execution.datasources.FileScanRDD;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import scala.collection.Iterator;

/**
 * Which part of which file each of a table's partitions reads. Spark packs small files together by
 * how many there are and how many cores wait; here a partition is one part of one file, cut at
 * multiples of a fixed size, so that the same file gives the same splits in every run.
 */
public final class TableSplits {
  /**
   * Rows of features are wide: Spark's 4096 of them leave the processor's caches, and reading 784
   * floats takes more than twice the time.
   */
  private static final int READ_AT_ONCE = 128;

  /** Of Spark's own formats. */
  private static final Set<String> FORMATS =
      Set.of(
          "org.apache.spark.sql.execution.datasources.parquet",
          "org.apache.spark.sql.execution.datasources.orc",
          "org.apache.spark.sql.execution.datasources.json",
          "org.apache.spark.sql.execution.datasources.csv",
          "org.apache.spark.sql.avro",
          "org.apache.spark.sql.hive.orc");

  private TableSplits() {}

  /**
   * A session beside another whose tables are split that way.
   *
   * @param spark shares its context and catalog
   * @param bytes of a split, at most
   * @return the session
   */
  public static SparkSession session(SparkSession spark, long bytes) {
    SparkSession session = spark.newSession();
    session.conf().set("spark.sql.files.maxPartitionBytes", bytes);
    // As expensive as a whole split: no partition gets a second file, whatever the parallelism.
    session.conf().set("spark.sql.files.openCostInBytes", bytes);
    for (String format : List.of("parquet", "orc")) {
      String key = "spark.sql." + format + ".columnarReaderBatchSize";
      if (!spark.sparkContext().conf().contains(key)) {
        session.conf().set(key, READ_AT_ONCE);
      }
    }
    return session;
  }

  /**
   * The splits of a table that was opened in such a session.
   *
   * @param table opened
   * @return one a partition, in their order; empty if it is not plainly the rows of files, as a
   *     view or a table of another kind
   */
  public static Optional<List<InputSplit>> of(ExampleTable table) {
    if (!isPlain(table)) {
      return Optional.empty();
    }
    RDD<?> rdd = rows(table);
    while (!(rdd instanceof FileScanRDD)) {
      if (rdd.dependencies().size() != 1
          || !(rdd.dependencies().head() instanceof OneToOneDependency<?> narrow)) {
        return Optional.empty();
      }
      rdd = narrow.rdd();
    }
    List<InputSplit> splits = new ArrayList<>();
    Iterator<FilePartition> partitions = ((FileScanRDD) rdd).filePartitions().iterator();
    while (partitions.hasNext()) {
      FilePartition partition = partitions.next();
      if (partition.files().length != 1) {
        return Optional.empty();
      }
      PartitionedFile file = partition.files()[0];
      splits.add(
          new InputSplit(
              Secrets.mask(file.toPath().toString()),
              file.fileSize(),
              file.modificationTime(),
              file.start(),
              file.length()));
    }
    return Optional.of(List.copyOf(splits));
  }

  /** Files and nothing else: what a view computes can change while its files do not. */
  private static boolean isPlain(ExampleTable table) {
    LogicalPlan plan = table.rows().queryExecution().analyzed();
    if (plan instanceof Project project) {
      plan = project.child();
    }
    while (plan instanceof SubqueryAlias alias) {
      plan = alias.child();
    }
    return plan instanceof LogicalRelation relation
        && relation.relation() instanceof HadoopFsRelation files
        // Formats that build on Spark's may leave rows of a file out, and change which.
        && FORMATS.contains(files.fileFormat().getClass().getPackageName());
  }

  /**
   * The rows behind the splits.
   *
   * @param table opened
   * @return internal rows, whose memory Spark reuses; partition i reads split i
   */
  public static RDD<InternalRow> rows(ExampleTable table) {
    return table.rows().queryExecution().toRdd();
  }
}
