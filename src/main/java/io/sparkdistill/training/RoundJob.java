package io.sparkdistill.training;

import io.sparkdistill.config.RoundsConfig.Patience;
import io.sparkdistill.student.NativeBackend;
import io.sparkdistill.training.rows.WorkerRows;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.collection.JavaConverters;

/** Rounds as Spark jobs, one each. */
final class RoundJob implements RoundLoop.Workers {
  private static final int FAN_IN = 8;

  private final JavaSparkContext context;
  private final WorkerRows rows;
  private final Broadcast<RoundTask> task;
  private final Patience patience;

  /** Held, so that tasks in this JVM receive it and no copy. */
  private final RoundTask own;

  RoundJob(
      JavaSparkContext context, WorkerRows rows, Broadcast<RoundTask> task, Patience patience) {
    this.context = context;
    this.rows = rows;
    this.task = task;
    this.patience = patience;
    this.own = task.value();
  }

  /** What travels with a worker's task. */
  private record Own(int worker, WorkerUpdater updater) implements Serializable {}

  @Override
  public RoundResult run(TrainingPlan.Round round, TrainingState from) {
    try (RoundStart start = RoundStart.of(context, from.network(), own)) {
      JavaRDD<Tuple2<Integer, RoundResult>> results =
          from.updaters().isEmpty()
              ? withoutOwn(round, start)
              : withOwn(round, start, from.updaters());
      if (patience.deadline() > 0) {
        return new QuorumJob(context, patience, System::nanoTime).run(results, own.samples(round));
      }
      int workers = rows.counts().size();
      return workers > FAN_IN
          ? new OrderedTreeReduce(FAN_IN).reduce(JavaPairRDD.fromJavaRDD(results), workers)
          : OrderedTreeReduce.inOrder(delivered(results, round));
    }
  }

  /** How many states the driver receives of so many workers, where it waits for all. */
  static int statesOnDriver(int workers) {
    return new OrderedTreeReduce(FAN_IN).last(workers);
  }

  /** Whether tasks leave their results in the driver's own memory. */
  static boolean isHandedOver(JavaSparkContext context, int workers, Patience patience) {
    return context.isLocal() && workers <= FAN_IN && patience.deadline() == 0;
  }

  /** All results at once, which are few. */
  private List<Tuple2<Integer, RoundResult>> delivered(
      JavaRDD<Tuple2<Integer, RoundResult>> results, TrainingPlan.Round round) {
    Broadcast<RoundTask> sent = task;
    int number = round.number();
    List<List<Tuple2<Integer, Handover.Delivery>>> deliveries =
        PlainFunction.results(
            results,
            (context, some) -> {
              List<Tuple2<Integer, Handover.Delivery>> delivered = new ArrayList<>();
              while (some.hasNext()) {
                Tuple2<Integer, RoundResult> result = some.next();
                delivered.add(
                    new Tuple2<>(
                        result._1(),
                        sent.value().handover().deliver(number, result._1(), result._2())));
              }
              return delivered;
            });
    List<Tuple2<Integer, RoundResult>> received = new ArrayList<>();
    for (List<Tuple2<Integer, Handover.Delivery>> ofTask : deliveries) {
      for (Tuple2<Integer, Handover.Delivery> delivery : ofTask) {
        received.add(new Tuple2<>(delivery._1(), own.handover().received(delivery._2())));
      }
    }
    return received;
  }

  private JavaRDD<Tuple2<Integer, RoundResult>> withoutOwn(
      TrainingPlan.Round round, RoundStart start) {
    Broadcast<RoundTask> sent = task;
    return PlainFunction.mapped(
        rows.of(round.epoch()),
        (worker, packed) -> {
          RoundTask task = received(sent);
          WorkerStart begin = task.updaters().start(start.received(task), round);
          return results(task.run(round, (Integer) worker, packed.next(), begin));
        });
  }

  /** A worker's own state is a partition beside its rows, so that no other executor receives it. */
  private JavaRDD<Tuple2<Integer, RoundResult>> withOwn(
      TrainingPlan.Round round, RoundStart start, List<WorkerUpdater> updaters) {
    Broadcast<RoundTask> sent = task;
    List<Own> owned = new ArrayList<>();
    for (WorkerUpdater updater : updaters) {
      owned.add(new Own(owned.size(), updater));
    }
    return PlainFunction.zipped(
        context.parallelize(owned, owned.size()),
        rows.of(round.epoch()),
        (owner, packed) -> {
          RoundTask task = received(sent);
          Own owns = owner.next();
          WorkerStart begin = task.updaters().start(start.received(task), owns.updater());
          return results(task.run(round, owns.worker(), packed.next(), begin));
        });
  }

  private static Iterator<Tuple2<Integer, RoundResult>> results(
      List<Tuple2<Integer, RoundResult>> results) {
    return JavaConverters.asScalaIterator(results.iterator());
  }

  private static RoundTask received(Broadcast<RoundTask> sent) {
    // Before the configuration is deserialised, which may load the native library.
    NativeBackend.choose();
    return sent.value();
  }
}
