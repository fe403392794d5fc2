package io.sparkdistill.training;

import io.sparkdistill.config.RoundsConfig.Patience;
import io.sparkdistill.student.NativeBackend;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/** Rounds as Spark jobs, one each. */
final class RoundJob implements RoundLoop.Workers {
  private static final int FAN_IN = 8;

  private final JavaSparkContext context;
  private final WorkerRows rows;
  private final Broadcast<RoundTask> task;
  private final Patience patience;

  RoundJob(
      JavaSparkContext context, WorkerRows rows, Broadcast<RoundTask> task, Patience patience) {
    this.context = context;
    this.rows = rows;
    this.task = task;
    this.patience = patience;
  }

  /** What travels with a worker's task. */
  private record Own(int worker, WorkerUpdater updater) implements Serializable {}

  @Override
  public RoundResult run(TrainingPlan.Round round, TrainingState from) {
    Broadcast<NetworkState> shared = context.broadcast(from.network());
    try {
      JavaRDD<Tuple2<Integer, RoundResult>> results =
          from.updaters().isEmpty()
              ? withoutOwn(round, shared)
              : withOwn(round, shared, from.updaters());
      return patience.deadline() > 0
          ? new QuorumJob(context, patience, System::nanoTime)
              .run(results, task.value().samples(round))
          : new OrderedTreeReduce(FAN_IN)
              .reduce(JavaPairRDD.fromJavaRDD(results), rows.counts().size());
    } finally {
      shared.destroy();
    }
  }

  private JavaRDD<Tuple2<Integer, RoundResult>> withoutOwn(
      TrainingPlan.Round round, Broadcast<NetworkState> shared) {
    Broadcast<RoundTask> sent = task;
    return rows.of(round.epoch())
        .mapPartitionsWithIndex(
            (worker, own) -> {
              RoundTask task = received(sent);
              WorkerStart start = task.updaters().start(shared.value(), round);
              return task.run(round, worker, own.next(), start).iterator();
            },
            false);
  }

  /** A worker's own state is a partition beside its rows, so that no other executor receives it. */
  private JavaRDD<Tuple2<Integer, RoundResult>> withOwn(
      TrainingPlan.Round round, Broadcast<NetworkState> shared, List<WorkerUpdater> updaters) {
    Broadcast<RoundTask> sent = task;
    List<Own> owned = new ArrayList<>();
    for (WorkerUpdater updater : updaters) {
      owned.add(new Own(owned.size(), updater));
    }
    return context
        .parallelize(owned, owned.size())
        .zipPartitions(
            rows.of(round.epoch()),
            (Iterator<Own> owner, Iterator<RowSource> packed) -> {
              RoundTask task = received(sent);
              Own own = owner.next();
              WorkerStart start = task.updaters().start(shared.value(), own.updater());
              return task.run(round, own.worker(), packed.next(), start).iterator();
            });
  }

  private static RoundTask received(Broadcast<RoundTask> sent) {
    // Before the configuration is deserialised, which may load the native library.
    NativeBackend.choose();
    return sent.value();
  }
}
