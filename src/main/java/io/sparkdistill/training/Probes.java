package io.sparkdistill.training;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is known of the rounds that are measured to find a period.
 *
 * @param period steps of a round, once all were measured; 0 before
 * @param measured in the order of their rounds; empty once the period is known
 */
record Probes(int period, List<Probe> measured) {
  private static final String SEPARATOR = " ";

  /**
   * One round.
   *
   * @param averaging nanoseconds that were not its slowest worker's steps
   * @param step nanoseconds of each of these
   */
  record Probe(double averaging, double step) {
    private String text() {
      return averaging + SEPARATOR + step;
    }
  }

  Probes {
    measured = List.copyOf(measured);
  }

  static Probes none() {
    return known(0);
  }

  static Probes known(int period) {
    return new Probes(period, List.of());
  }

  /**
   * Of what {@link #text} gave.
   *
   * @throws NumberFormatException if it is something else
   */
  static Probes of(int period, String text) {
    List<Double> numbers =
        text.isEmpty()
            ? List.of()
            : List.of(text.split(SEPARATOR, -1)).stream().map(Double::valueOf).toList();
    if (numbers.size() % 2 != 0) {
      throw new NumberFormatException(text);
    }
    List<Probe> measured = new ArrayList<>();
    for (int at = 0; at < numbers.size(); at += 2) {
      measured.add(new Probe(numbers.get(at), numbers.get(at + 1)));
    }
    return new Probes(period, measured);
  }

  Probes and(Probe next) {
    List<Probe> longer = new ArrayList<>(measured);
    longer.add(next);
    return new Probes(period, longer);
  }

  /** What was measured, for a checkpoint. */
  String text() {
    return measured.stream().map(Probe::text).collect(Collectors.joining(SEPARATOR));
  }
}
