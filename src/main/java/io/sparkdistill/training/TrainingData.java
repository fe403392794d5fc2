package io.sparkdistill.training;

import io.sparkdistill.softtargets.SoftTarget;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.storage.StorageLevel;
import scala.Option;
import scala.Tuple2;

/**
 * The training rows, decoded once and kept by the executors. Which worker a row goes to, and its
 * place there, follow from its id and view alone, so that the layout of files does not change the
 * student.
 */
public final class TrainingData implements AutoCloseable {
  private final JavaRDD<PackedRows> rows;
  private final List<Integer> workerRows;

  private TrainingData(JavaRDD<PackedRows> rows, List<Integer> workerRows) {
    this.rows = rows;
    this.workerRows = workerRows;
  }

  /**
   * Shuffles the rows to their workers.
   *
   * @param targets the cache's rows
   * @param workers how many partitions train side by side
   * @return persisted, in memory or on disk, until closed
   */
  public static TrainingData distribute(JavaRDD<SoftTarget> targets, int workers) {
    JavaPairRDD<String, SoftTarget> keyed = targets.mapToPair(row -> new Tuple2<>(key(row), row));
    return persisted(
        keyed
            .repartitionAndSortWithinPartitions(new HashPartitioner(workers))
            .mapPartitions(TrainingData::pack));
  }

  /**
   * Leaves the rows together as Spark reads them.
   *
   * @param targets the cache's rows
   * @param workers how many partitions train side by side, at most
   * @return persisted, in memory or on disk, until closed
   */
  public static TrainingData inOrder(JavaRDD<SoftTarget> targets, int workers) {
    RDD<SoftTarget> together =
        targets.rdd().coalesce(workers, false, Option.apply(new InOrderCoalescer()), null);
    return persisted(
        together.toJavaRDD().mapPartitions(rows -> List.of(PackedRows.pack(rows)).iterator()));
  }

  private static TrainingData persisted(JavaRDD<PackedRows> packed) {
    JavaRDD<PackedRows> rows = packed.persist(StorageLevel.MEMORY_AND_DISK());
    return new TrainingData(rows, rows.map(PackedRows::rows).collect());
  }

  private static String key(SoftTarget row) {
    return row.view() == 0 ? row.id() : row.id() + '\0' + row.view();
  }

  private static Iterator<PackedRows> pack(Iterator<Tuple2<String, SoftTarget>> keyed) {
    Iterator<SoftTarget> values =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return keyed.hasNext();
          }

          @Override
          public SoftTarget next() {
            return keyed.next()._2();
          }
        };
    return List.of(PackedRows.pack(values)).iterator();
  }

  JavaRDD<PackedRows> rows() {
    return rows;
  }

  List<Integer> workerRows() {
    return workerRows;
  }

  @Override
  public void close() {
    rows.unpersist();
  }
}
