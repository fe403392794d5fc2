package io.sparkdistill.training;

import java.io.Serializable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** The state that all workers begin a round with, as their tasks receive it. */
sealed interface RoundStart extends Serializable, AutoCloseable {
  /** Broadcast, unless all tasks run in the driver's JVM. */
  static RoundStart of(JavaSparkContext context, NetworkState state, RoundTask own) {
    if (context.isLocal() && own.handover() instanceof Handover.Here here) {
      here.offer(state);
      return new Offered();
    }
    return new Sent(context.broadcast(state));
  }

  NetworkState received(RoundTask task);

  @Override
  void close();

  /** Handed over as it is. */
  record Offered() implements RoundStart {
    @Override
    public NetworkState received(RoundTask task) {
      return task.handover().offered();
    }

    @Override
    public void close() {
      // The next round's takes its place.
    }
  }

  /**
   * On its way to executors.
   *
   * @param state with each JVM once
   */
  record Sent(Broadcast<NetworkState> state) implements RoundStart {
    @Override
    public NetworkState received(RoundTask task) {
      return state.value();
    }

    @Override
    public void close() {
      state.destroy();
    }
  }
}
