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
 * @param nanos that the slowest worker needed for its steps
 * @param terms of the loss, over the samples that were seen
 */
record RoundResult(Contribution sum, Map<Integer, WorkerUpdater> updaters, long nanos, Terms terms)
    implements Summand<RoundResult> {
  RoundResult(Contribution sum, Map<Integer, WorkerUpdater> updaters, long nanos) {
    this(sum, updaters, nanos, Terms.none());
  }

  static RoundResult of(Contribution contribution) {
    return new RoundResult(contribution, Map.of(), 0);
  }

  @Override
  public RoundResult plus(RoundResult other) {
    Map<Integer, WorkerUpdater> all = new TreeMap<>(updaters);
    all.putAll(other.updaters);
    return new RoundResult(
        sum.plus(other.sum), all, Math.max(nanos, other.nanos), terms.plus(other.terms));
  }

  RoundResult took(long time) {
    return new RoundResult(sum, updaters, time, terms);
  }

  RoundResult with(Terms ofLoss) {
    return new RoundResult(sum, updaters, nanos, ofLoss);
  }

  /** The mean of these workers alone, whose shares were of more samples than they saw. */
  RoundResult ofAll(long samples) {
    return new RoundResult(sum.ofAll(samples), updaters, nanos, terms);
  }

  /** The updaters of all workers after the round; those without samples in it keep theirs. */
  List<WorkerUpdater> updatersAfter(List<WorkerUpdater> before) {
    List<WorkerUpdater> after = new ArrayList<>(before);
    updaters.forEach(after::set);
    return List.copyOf(after);
  }
}
