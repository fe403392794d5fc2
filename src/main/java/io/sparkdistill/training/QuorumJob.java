package io.sparkdistill.training;

import io.sparkdistill.config.RoundsConfig.Patience;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Function1;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.concurrent.Await;
import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.Duration;
import scala.runtime.BoxedUnit;

/**
 * A Spark job that hands over each worker's result as it comes, and is cancelled when there are
 * enough. All results go straight to the driver: a tree would wait for its slowest leaf.
 */
final class QuorumJob {
  private static final Logger LOG = LoggerFactory.getLogger(QuorumJob.class);
  private static final String INTERRUPT = "spark.job.interruptOnCancel";

  private final JavaSparkContext context;
  private final Patience patience;
  private final LongSupplier nanos;

  /** With a clock, which begins anywhere. */
  QuorumJob(JavaSparkContext context, Patience patience, LongSupplier nanos) {
    this.context = context;
    this.patience = patience;
    this.nanos = nanos;
  }

  private interface SerializableFunction<A, B> extends Function1<A, B>, Serializable {}

  RoundResult run(JavaRDD<Tuple2<Integer, RoundResult>> results, long samples) {
    long begin = nanos.getAsLong();
    Quorum quorum = new Quorum(patience, samples);
    // Otherwise a straggler would keep its core until it ends.
    String interruptBefore = context.getLocalProperty(INTERRUPT);
    context.setLocalProperty(INTERRUPT, "true");
    try {
      SimpleFutureAction<BoxedUnit> job = submit(results, quorum);
      waitFor(job, quorum, begin);
      synchronized (quorum) {
        if (!quorum.isComplete()) {
          LOG.warn("A round goes on without its slowest workers");
        }
        return quorum.result();
      }
    } finally {
      context.setLocalProperty(INTERRUPT, interruptBefore);
    }
  }

  private SimpleFutureAction<BoxedUnit> submit(
      JavaRDD<Tuple2<Integer, RoundResult>> results, Quorum quorum) {
    SerializableFunction<Iterator<Tuple2<Integer, RoundResult>>, List<Tuple2<Integer, RoundResult>>>
        all =
            iterator -> {
              List<Tuple2<Integer, RoundResult>> list = new ArrayList<>();
              while (iterator.hasNext()) {
                list.add(iterator.next());
              }
              return list;
            };
    List<Object> partitions =
        new ArrayList<>(IntStream.range(0, results.getNumPartitions()).boxed().toList());
    return context
        .sc()
        .submitJob(
            results.rdd(),
            all,
            JavaConverters.asScalaBuffer(partitions).toSeq(),
            (partition, some) -> {
              synchronized (quorum) {
                some.forEach(result -> quorum.add(result._1(), result._2()));
                quorum.notifyAll();
              }
              return BoxedUnit.UNIT;
            },
            () -> BoxedUnit.UNIT);
  }

  private void waitFor(SimpleFutureAction<BoxedUnit> job, Quorum quorum, long begin) {
    job.onComplete(
        done -> {
          synchronized (quorum) {
            quorum.notifyAll();
          }
          return BoxedUnit.UNIT;
        },
        ExecutionContext.fromExecutor(Runnable::run));
    try {
      synchronized (quorum) {
        long passed = nanos.getAsLong() - begin;
        while (!job.isCompleted() && !quorum.isEnough(passed)) {
          // Up to the deadline; beyond it every arrival is looked at.
          quorum.wait((long) Math.max(1, Math.min(1000, patience.deadline() * 1000)));
          passed = nanos.getAsLong() - begin;
        }
      }
      if (job.isCompleted()) {
        Await.result(job, Duration.Inf());
      } else {
        job.cancel();
      }
    } catch (InterruptedException e) {
      job.cancel();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while a round was awaited", e);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new IllegalStateException("What is done cannot be late", e);
    }
  }
}
