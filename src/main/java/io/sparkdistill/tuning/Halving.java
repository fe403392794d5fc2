package io.sparkdistill.tuning;

import io.sparkdistill.config.TuningConfig.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Successive halving: Jamieson and Talwalkar, "Non-stochastic best arm identification and
 * hyperparameter optimization", 2016, algorithm 1. Survivors are trained anew for the epochs of
 * their next rung, instead of going on: the learning rate's and the objective's schedules span a
 * training, so that the student of a rung is the one that {@code run} would train for as many
 * epochs, and a score follows from the configuration and the epochs alone. With a factor η all
 * rungs before the last then cost up to as much each as the last one does.
 */
final class Halving {
  private final List<Rungs.Rung> rungs;
  private final Metric metric;

  Halving(List<Rungs.Rung> rungs, Metric metric) {
    this.rungs = rungs;
    this.metric = metric;
  }

  /**
   * Climbs all rungs.
   *
   * @param trials at least one; the configuration as it stands is never left out, and is beyond the
   *     number of trials of a rung where it is not among the best
   * @return one standing for each trial, the best first
   */
  List<Standing> run(List<Trial> trials, TrialRunner runner) {
    Map<Integer, Standing> standings = new TreeMap<>();
    List<Trial> left = trials;
    for (int rung = 0; rung < rungs.size(); rung++) {
      List<Standing> ranked = ranked(left, runner.train(left, rung), rung);
      ranked.forEach(standing -> standings.put(standing.trial().number(), standing));
      if (rung + 1 < rungs.size()) {
        left = survivors(ranked, rungs.get(rung + 1).trials());
      }
      if (left.isEmpty()) {
        break;
      }
    }
    return standings.values().stream().sorted(Standing.by(metric)).toList();
  }

  private List<Standing> ranked(List<Trial> trials, List<TrialScore> scores, int rung) {
    return IntStream.range(0, trials.size())
        .mapToObj(i -> new Standing(trials.get(i), rung, scores.get(i)))
        .sorted(Standing.by(metric))
        .toList();
  }

  private static List<Trial> survivors(List<Standing> ranked, int most) {
    List<Standing> trained =
        ranked.stream().filter(standing -> standing.score().trained()).toList();
    List<Standing> best = new ArrayList<>(trained.subList(0, Math.min(most, trained.size())));
    Stream<Standing> asConfigured =
        trained.stream()
            .filter(standing -> standing.trial().isAsConfigured() && !best.contains(standing));
    return Stream.concat(best.stream(), asConfigured)
        .map(Standing::trial)
        .sorted(Comparator.comparingInt(Trial::number))
        .toList();
  }
}
