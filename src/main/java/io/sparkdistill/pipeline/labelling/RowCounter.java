package io.sparkdistill.pipeline.labelling;

import io.sparkdistill.pipeline.run.Progress;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.util.LongAccumulator;
import scala.Tuple4;
import scala.collection.Iterator;
import scala.collection.Seq;

/**
 * Shows ended tasks and an accumulator of rows as progress. Spark adds a task's share when the task
 * ends; what running tasks have done so far comes with the executors' heartbeats.
 */
final class RowCounter extends SparkListener implements AutoCloseable {
  private final SparkContext context;
  private final LongAccumulator rows;
  private final Progress.Task task;
  private final Map<Long, Long> running = new ConcurrentHashMap<>();
  private final AtomicLong ended = new AtomicLong();

  RowCounter(SparkContext context, String name, Progress.Task task) {
    this.context = context;
    this.rows = context.longAccumulator(name);
    this.task = task;
    context.addSparkListener(this);
  }

  LongAccumulator rows() {
    return rows;
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
    Iterator<Tuple4<Object, Object, Object, Seq<AccumulableInfo>>> tasks =
        update.accumUpdates().iterator();
    while (tasks.hasNext()) {
      Tuple4<Object, Object, Object, Seq<AccumulableInfo>> one = tasks.next();
      Iterator<AccumulableInfo> infos = one._4().iterator();
      while (infos.hasNext()) {
        AccumulableInfo info = infos.next();
        if (info.id() == rows.id() && info.update().isDefined()) {
          running.put((Long) one._1(), ((Number) info.update().get()).longValue());
        }
      }
    }
    show();
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    running.remove(end.taskInfo().taskId());
    if (end.taskInfo().successful()) {
      ended.incrementAndGet();
    }
    show();
  }

  /** All tasks have ended, whatever of that has been heard. */
  void finished(long tasks) {
    task.reached(tasks, labelled(rows.value()));
  }

  private void show() {
    long inFlight = running.values().stream().mapToLong(Long::longValue).sum();
    task.reached(ended.get(), labelled(rows.value() + inFlight));
  }

  private static String labelled(long number) {
    return String.format(Locale.ROOT, "%,d rows", number);
  }

  @Override
  public void close() {
    context.removeSparkListener(this);
    task.close();
  }
}
