package io.sparkdistill.training;

import java.io.Serializable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How states go between the driver and tasks. Where both are one JVM they are handed over as they
 * are; on their way to another they are bytes. Which of the two it is, a task finds out by what it
 * received. Thread-safe.
 */
sealed interface Handover extends Serializable {
  /** Gives a worker's result of a round to the driver. */
  Delivery deliver(int round, int worker, RoundResult result);

  /** What the driver has put there for all tasks of a round. */
  NetworkState offered();

  /** Takes what a task has delivered to the driver. */
  RoundResult received(Delivery delivery);

  /** What a task ends with. */
  sealed interface Delivery extends Serializable {}

  /**
   * All of it.
   *
   * @param result of a worker
   */
  record Sent(RoundResult result) implements Delivery {}

  /**
   * Where it lies.
   *
   * @param round of it
   * @param worker that left it
   */
  record Left(int round, int worker) implements Delivery {}

  /** The driver's own, and that of tasks in its JVM. */
  final class Here implements Handover {
    private static final long serialVersionUID = 1L;

    private final transient ConcurrentMap<Left, RoundResult> results = new ConcurrentHashMap<>();
    private final transient AtomicReference<NetworkState> start = new AtomicReference<>();

    @Override
    public Delivery deliver(int round, int worker, RoundResult result) {
      Left place = new Left(round, worker);
      // An attempt that nobody waits for any more may still leave the result of an earlier round.
      results.keySet().removeIf(other -> other.round() < round);
      results.put(place, result);
      return place;
    }

    @Override
    public NetworkState offered() {
      return start.get();
    }

    void offer(NetworkState state) {
      start.set(state);
    }

    @Override
    public RoundResult received(Delivery delivery) {
      return delivery instanceof Left place ? results.remove(place) : ((Sent) delivery).result();
    }

    /** What another JVM receives. */
    private Object writeReplace() {
      return new Elsewhere();
    }
  }

  /** That of tasks in other JVMs. */
  record Elsewhere() implements Handover {
    @Override
    public Delivery deliver(int round, int worker, RoundResult result) {
      return new Sent(result);
    }

    @Override
    public NetworkState offered() {
      throw new IllegalStateException("Nothing is offered to another JVM");
    }

    @Override
    public RoundResult received(Delivery delivery) {
      return ((Sent) delivery).result();
    }
  }
}
