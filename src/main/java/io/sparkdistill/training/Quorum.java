package io.sparkdistill.training;

import io.sparkdistill.config.RoundsConfig.Patience;
import java.util.Map;
import java.util.TreeMap;

/** Which workers of a round have come back, and whether they are enough. Not thread-safe. */
final class Quorum {
  private final Patience patience;
  private final long samples;
  private final Map<Integer, RoundResult> arrived = new TreeMap<>();

  /** Of a round of so many samples. */
  Quorum(Patience patience, long samples) {
    this.patience = patience;
    this.samples = samples;
  }

  void add(int worker, RoundResult result) {
    arrived.put(worker, result);
  }

  boolean isComplete() {
    return seen() == samples;
  }

  /** Whether the round may end, so many nanoseconds after it began. */
  boolean isEnough(long nanos) {
    return isComplete()
        || (nanos >= patience.deadline() * 1e9 && seen() >= patience.quorum() * samples);
  }

  /**
   * The mean of those that came, in the order of the workers; there must be one. Takes them over.
   */
  RoundResult result() {
    RoundResult sum = arrived.values().stream().reduce(RoundResult::plus).orElseThrow();
    return isComplete() ? sum : sum.ofAll(samples);
  }

  private long seen() {
    return arrived.values().stream().mapToLong(result -> result.sum().samples()).sum();
  }
}
