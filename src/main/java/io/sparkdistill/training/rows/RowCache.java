package io.sparkdistill.training.rows;

import io.sparkdistill.config.RoundsConfig.Cache;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;

/** How the rows of workers are kept between rounds. Stateless and thread-safe. */
interface RowCache {
  /**
   * Begins to keep rows; the first job that needs them does the work.
   *
   * @param rows one partition a worker, in order
   */
  Kept keep(JavaRDD<TrainingRow> rows);

  /**
   * Rows that are kept.
   *
   * @param rows one partition a worker, of one element
   * @param release gives their memory and disk back
   */
  record Kept(JavaRDD<RowSource> rows, Runnable release) {}

  /** The one that was asked for. */
  static RowCache of(Cache cache) {
    return switch (cache) {
      case MEMORY -> RowCache::inMemory;
      case DISK -> RowCache::onDisk;
      case NONE -> RowCache::nowhere;
    };
  }

  private static Kept inMemory(JavaRDD<TrainingRow> rows) {
    JavaRDD<RowSource> packed =
        rows.mapPartitions(some -> List.<RowSource>of(PackedRows.of(some)).iterator())
            .persist(StorageLevel.MEMORY_AND_DISK());
    return new Kept(packed, packed::unpersist);
  }

  private static Kept onDisk(JavaRDD<TrainingRow> rows) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(rows.context());
    // Of itself nothing but a span of life, for the files in all JVMs.
    Broadcast<Integer> life = context.broadcast(0);
    FiledRows filed = new FiledRows(rows.rdd(), new LocalFiles(life.id()));
    return new Kept(filed.toJavaRDD(), life::destroy);
  }

  private static Kept nowhere(JavaRDD<TrainingRow> rows) {
    return new Kept(
        rows.mapPartitions(
            some -> List.<RowSource>of(new StreamedRows(some, LocalDisk::newFile)).iterator()),
        () -> {});
  }
}
