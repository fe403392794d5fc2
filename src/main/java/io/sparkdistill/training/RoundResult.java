package io.sparkdistill.training;

import io.sparkdistill.objective.Terms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What some workers bring back from a round.
 *
 * @param sum what is averaged
 * @param updaters what is not: each worker's own updater, where it keeps one
 * @param nanosOf each worker, that it needed for its steps
 * @param terms of the loss, over the samples that were seen
 */
record RoundResult(
    Contribution sum, Map<Integer, WorkerUpdater> updaters, Map<Integer, Long> nanosOf, Terms terms)
    implements Summand<RoundResult> {
  RoundResult(Contribution sum, Map<Integer, WorkerUpdater> updaters, Map<Integer, Long> nanosOf) {
    this(sum, updaters, nanosOf, Terms.none());
  }

  static RoundResult of(Contribution contribution) {
    return new RoundResult(contribution, Map.of(), Map.of());
  }

  @Override
  public RoundResult plus(RoundResult other) {
    Map<Integer, WorkerUpdater> all = new TreeMap<>(updaters);
    all.putAll(other.updaters);
    Map<Integer, Long> nanos = new TreeMap<>(nanosOf);
    nanos.putAll(other.nanosOf);
    return new RoundResult(sum.plus(other.sum), all, nanos, terms.plus(other.terms));
  }

  RoundResult took(int worker, long nanos) {
    return new RoundResult(sum, updaters, Map.of(worker, nanos), terms);
  }

  RoundResult with(Terms ofLoss) {
    return new RoundResult(sum, updaters, nanosOf, ofLoss);
  }

  /** What the slowest worker needed for its steps. */
  long nanos() {
    return nanosOf.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  /** The mean of these workers alone, whose shares were of more samples than they saw. */
  RoundResult ofAll(long samples) {
    return new RoundResult(sum.ofAll(samples), updaters, nanosOf, terms);
  }

  /** The updaters of all workers after the round; those without samples in it keep theirs. */
  List<WorkerUpdater> updatersAfter(List<WorkerUpdater> before) {
    List<WorkerUpdater> after = new ArrayList<>(before);
    updaters.forEach(after::set);
    return List.copyOf(after);
  }
}
