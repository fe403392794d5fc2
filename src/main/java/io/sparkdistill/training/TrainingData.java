package io.sparkdistill.training;

import io.sparkdistill.config.RoundsConfig;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.softtargets.SoftTarget;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
  private final Optional<TrainingData> heldOut;

  private TrainingData(
      JavaRDD<PackedRows> rows, List<Integer> workerRows, Optional<TrainingData> heldOut) {
    this.rows = rows;
    this.workerRows = workerRows;
    this.heldOut = heldOut;
  }

  /**
   * Distributes the rows as a configuration wants them.
   *
   * @param targets the cache's rows
   * @param workers how many partitions train side by side
   * @param rounds who sees which rows, and which are held out
   * @return persisted, in memory or on disk, until closed
   * @throws BadInputException if so few rows are held out, or left, that there are none
   */
  public static TrainingData of(JavaRDD<SoftTarget> targets, int workers, RoundsConfig rounds) {
    double fraction = rounds.validation().fraction();
    if (fraction == 0) {
      return arranged(targets, workers, rounds);
    }
    HeldOut heldOut = new HeldOut(fraction);
    TrainingData validation = distribute(targets.filter(heldOut::holds), workers);
    TrainingData training = arranged(targets.filter(row -> !heldOut.holds(row)), workers, rounds);
    if (validation.count() == 0 || training.count() == 0) {
      throw new BadInputException(
          String.format(
              Locale.ROOT,
              "Cannot hold rows out, of %d rows are held out: %d. Change"
                  + " training.validation.fraction, which is %s.",
              validation.count() + training.count(),
              validation.count(),
              fraction));
    }
    return new TrainingData(training.rows, training.workerRows, Optional.of(validation));
  }

  private static TrainingData arranged(
      JavaRDD<SoftTarget> targets, int workers, RoundsConfig rounds) {
    return rounds.shuffle() == RoundsConfig.Shuffle.NONE
        ? inOrder(targets, workers)
        : distribute(targets, workers);
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
    return new TrainingData(rows, rows.map(PackedRows::rows).collect(), Optional.empty());
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

  /** Rows that are not among these, to compare students with. */
  Optional<TrainingData> heldOut() {
    return heldOut;
  }

  long count() {
    return workerRows.stream().mapToLong(Integer::longValue).sum();
  }

  @Override
  public void close() {
    heldOut.ifPresent(TrainingData::close);
    rows.unpersist();
  }
}
