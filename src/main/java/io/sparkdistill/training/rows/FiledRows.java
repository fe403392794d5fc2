package io.sparkdistill.training.rows;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.Partition;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.TaskCompletionListener;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.reflect.ClassTag$;

/**
 * One row file for each partition of rows. Spark's own persisting gives a partition back as one
 * stream; this one is for reading at random. A task that finds no file where it runs writes one
 * from the rows: so does the first, and one whose executor was replaced.
 */
final class FiledRows extends RDD<RowSource> {
  private static final long serialVersionUID = 1L;

  private final RDD<TrainingRow> rows;
  private final LocalFiles files;
  private final CollectionAccumulator<Written> written;

  /** A file, and where it is, as Spark names executors to schedulers. */
  private record Written(int worker, String executor) implements Serializable {}

  FiledRows(RDD<TrainingRow> rows, LocalFiles files) {
    super(rows, ClassTag$.MODULE$.apply(RowSource.class));
    this.rows = rows;
    this.files = files;
    this.written = rows.context().collectionAccumulator();
  }

  @Override
  public Partition[] getPartitions() {
    return rows.partitions();
  }

  @Override
  public Iterator<RowSource> compute(Partition split, TaskContext context) {
    int worker = split.index();
    Optional<RowFile> found = files.lent(worker);
    RowFile file =
        found.orElseGet(
            () ->
                files.write(
                    worker, () -> JavaConverters.asJavaIterator(rows.iterator(split, context))));
    TaskCompletionListener end = task -> file.giveBack();
    context.addTaskCompletionListener(end);
    if (found.isEmpty()) {
      written.add(new Written(worker, executor()));
    }
    return JavaConverters.asScalaIterator(List.<RowSource>of(file).iterator());
  }

  @Override
  public Seq<String> getPreferredLocations(Partition split) {
    return JavaConverters.asScalaBuffer(
        written.value().stream()
            .filter(file -> file.worker() == split.index())
            .map(Written::executor)
            // The newest first: an older one may be on an executor that was lost.
            .reduce((older, newer) -> newer)
            .stream()
            .toList());
  }

  private static String executor() {
    SparkEnv env = SparkEnv.get();
    return "executor_" + env.blockManager().blockManagerId().host() + "_" + env.executorId();
  }
}
