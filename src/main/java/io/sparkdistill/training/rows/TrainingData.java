package io.sparkdistill.training.rows;

import io.sparkdistill.config.RoundsConfig;
import io.sparkdistill.failure.BadInputException;
import io.sparkdistill.objective.Features;
import io.sparkdistill.softtargets.HeldOut;
import io.sparkdistill.softtargets.JointRow;
import io.sparkdistill.softtargets.SoftTarget;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import scala.Option;
import scala.Tuple2;

/**
 * The training rows, as they lie with the executors. Which worker a row goes to, and its place
 * there, follow from its id and view alone, so that the layout of files does not change the
 * student.
 */
public final class TrainingData implements AutoCloseable {
  private final RowCache cache;
  private final RowCache.Kept kept;
  private final List<Integer> workerRows;
  private final Optional<TrainingData> heldOut;
  private final TeacherChoice choice;
  private final Features features;

  private TrainingData(
      RowCache cache,
      RowCache.Kept kept,
      List<Integer> workerRows,
      Optional<TrainingData> heldOut,
      TeacherChoice choice,
      Features features) {
    this.cache = cache;
    this.kept = kept;
    this.workerRows = workerRows;
    this.heldOut = heldOut;
    this.choice = choice;
    this.features = features;
  }

  /**
   * Distributes the rows as a configuration wants them.
   *
   * @param targets the cache's rows
   * @param workers how many partitions train side by side
   * @param rounds who sees which rows, which are held out, and how they are kept
   * @return kept until closed
   * @throws BadInputException if so few rows are held out, or left, that there are none
   */
  public static TrainingData of(JavaRDD<SoftTarget> targets, int workers, RoundsConfig rounds) {
    return of(targets, workers, rounds, TeacherChoice.none(), Features.none());
  }

  /**
   * The same for rows that may have answers of several teachers side by side, and carry what hidden
   * layers are compared with.
   *
   * @param targets the cache's rows
   * @param workers how many partitions train side by side
   * @param rounds who sees which rows, which are held out, and how they are kept
   * @param choice among the answers; rows that are held out have the mean
   * @param features what is compared; not with rows that are held out
   * @return kept until closed
   * @throws BadInputException if so few rows are held out, or left, that there are none
   */
  public static TrainingData of(
      JavaRDD<SoftTarget> targets,
      int workers,
      RoundsConfig rounds,
      TeacherChoice choice,
      Features features) {
    HeldOut heldOut = HeldOut.forValidation(rounds.validation().fraction());
    return of(
            targets.filter(row -> !heldOut.holds(row)).map(row -> NamedRow.of(row, features)),
            targets
                .filter(heldOut::holds)
                .map(choice::mean)
                .map(row -> NamedRow.of(row, Features.none())),
            workers,
            rounds,
            features)
        .choosing(choice);
  }

  /**
   * The same for rows of several heads.
   *
   * @param joined what all heads learn
   * @param workers how many partitions train side by side
   * @param rounds who sees which rows, which are held out, and how they are kept
   * @return kept until closed
   * @throws BadInputException if so few rows are held out, or left, that there are none
   */
  public static TrainingData ofHeads(JavaRDD<JointRow> joined, int workers, RoundsConfig rounds) {
    HeldOut heldOut = HeldOut.forValidation(rounds.validation().fraction());
    return of(
        joined.filter(row -> !heldOut.holds(row.id())).map(NamedRow::of),
        joined.filter(row -> heldOut.holds(row.id())).map(NamedRow::of),
        workers,
        rounds,
        Features.none());
  }

  private static TrainingData of(
      JavaRDD<NamedRow> rows,
      JavaRDD<NamedRow> heldOut,
      int workers,
      RoundsConfig rounds,
      Features features) {
    double fraction = rounds.validation().fraction();
    if (fraction == 0) {
      return arranged(rows, workers, rounds, features);
    }
    TrainingData validation =
        distribute(heldOut, workers, RowCache.of(rounds.cache()), Features.none());
    return orReleased(
        validation::close,
        () -> arranged(rows, workers, rounds, features).validatedBy(validation, fraction));
  }

  private TrainingData validatedBy(TrainingData validation, double fraction) {
    return orReleased(
        this::close,
        () -> {
          if (validation.count() == 0 || count() == 0) {
            throw new BadInputException(
                String.format(
                    Locale.ROOT,
                    "Cannot hold rows out, of %d rows are held out: %d. Change"
                        + " training.validation.fraction, which is %s.",
                    validation.count() + count(),
                    validation.count(),
                    fraction));
          }
          return new TrainingData(
              cache, kept, workerRows, Optional.of(validation), choice, features);
        });
  }

  /** What follows on rows that are kept, which nobody would release if it failed. */
  private static <T> T orReleased(Runnable release, Supplier<T> next) {
    try {
      return next.get();
    } catch (Throwable e) { // Spark throws what its Java interface does not declare.
      try {
        release.run();
      } catch (RuntimeException also) {
        e.addSuppressed(also);
      }
      throw e;
    }
  }

  private static TrainingData arranged(
      JavaRDD<NamedRow> rows, int workers, RoundsConfig rounds, Features features) {
    RowCache cache = RowCache.of(rounds.cache());
    return rounds.shuffle() == RoundsConfig.Shuffle.NONE
        ? inOrder(rows, workers, cache, features)
        : distribute(rows, workers, cache, features);
  }

  /**
   * Shuffles the rows to their workers.
   *
   * @param targets the cache's rows
   * @param workers how many partitions train side by side
   * @return persisted, in memory or on disk, until closed
   */
  public static TrainingData distribute(JavaRDD<SoftTarget> targets, int workers) {
    return distribute(
        targets.map(row -> NamedRow.of(row, Features.none())),
        workers,
        RowCache.of(RoundsConfig.Cache.MEMORY),
        Features.none());
  }

  private static TrainingData distribute(
      JavaRDD<NamedRow> rows, int workers, RowCache cache, Features features) {
    JavaPairRDD<String, TrainingRow> keyed =
        rows.mapToPair(row -> new Tuple2<>(row.key(), row.row()));
    return kept(
        keyed.repartitionAndSortWithinPartitions(new HashPartitioner(workers)).values(),
        cache,
        features);
  }

  /** Leaves the rows together as Spark reads them, in at most so many partitions. */
  private static TrainingData inOrder(
      JavaRDD<NamedRow> rows, int workers, RowCache cache, Features features) {
    RDD<NamedRow> together =
        rows.rdd().coalesce(workers, false, Option.apply(new InOrderCoalescer()), null);
    return kept(together.toJavaRDD().map(NamedRow::row), cache, features);
  }

  private static TrainingData kept(JavaRDD<TrainingRow> rows, RowCache cache, Features features) {
    RowCache.Kept kept = cache.keep(rows);
    List<Integer> counts =
        orReleased(kept.release(), () -> kept.rows().map(RowSource::count).collect());
    return new TrainingData(cache, kept, counts, Optional.empty(), TeacherChoice.none(), features);
  }

  /**
   * The same rows for a training that compares hidden layers in another way, but needs the same of
   * tensors, and that draws teachers by another seed. They are kept until these here are closed.
   *
   * @param other of equal {@link Features#ofRows}
   * @param among of equal weights
   * @return not to be closed
   */
  public TrainingData comparing(Features other, TeacherChoice among) {
    return new TrainingData(cache, kept, workerRows, heldOut, among, other);
  }

  private TrainingData choosing(TeacherChoice among) {
    return new TrainingData(cache, kept, workerRows, heldOut, among, features);
  }

  /**
   * Where they lie.
   *
   * @return one partition a worker, of one element
   */
  public JavaRDD<RowSource> rows() {
    return kept.rows();
  }

  /** How they are kept. */
  RowCache cache() {
    return cache;
  }

  /**
   * Which of several answers is heard.
   *
   * @return none where rows have one
   */
  public TeacherChoice choice() {
    return choice;
  }

  /**
   * What hidden layers are compared with, which rows carry.
   *
   * @return empty where none are
   */
  public Features features() {
    return features;
  }

  /**
   * How many rows each worker has.
   *
   * @return one number a worker
   */
  public List<Integer> workerRows() {
    return workerRows;
  }

  /**
   * Rows that are not among these, to compare students with.
   *
   * @return empty where none are held out
   */
  public Optional<TrainingData> heldOut() {
    return heldOut;
  }

  /**
   * How many rows train.
   *
   * @return without those that are held out
   */
  public long count() {
    return workerRows.stream().mapToLong(Integer::longValue).sum();
  }

  @Override
  public void close() {
    heldOut.ifPresent(TrainingData::close);
    kept.release().run();
  }
}
