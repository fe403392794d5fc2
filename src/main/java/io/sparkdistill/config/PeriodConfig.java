package io.sparkdistill.config;

import java.io.Serializable;

/** How many local steps a round has. */
public sealed interface PeriodConfig extends Serializable {
  /**
   * Steps of a round, before an epoch's end cuts it short.
   *
   * @param round its number, from 0
   * @return at least 1
   */
  int steps(int round);

  /**
   * What is written in a configuration, in short.
   *
   * @return equal for equal values
   */
  String description();

  /**
   * Always the same number.
   *
   * @param steps of every round
   */
  record Fixed(int steps) implements PeriodConfig {
    @Override
    public int steps(int round) {
      return steps;
    }

    @Override
    public String description() {
      return Integer.toString(steps);
    }
  }

  /**
   * Often at first, when workers would go apart soon, and rarely later (Jiang and Agrawal,
   * "Adaptive Periodic Averaging", 2020).
   *
   * @param from steps of the first round
   * @param to most steps of a round
   * @param growth by which each round has more steps than the one before
   */
  record Growing(int from, int to, double growth) implements PeriodConfig {
    @Override
    public int steps(int round) {
      return (int) Math.min(to, from * Math.pow(growth, round));
    }

    @Override
    public String description() {
      return from + " to " + to + " by " + growth;
    }
  }

  /**
   * What the first rounds show to be enough.
   *
   * @param probes the number of the first round that does not measure
   * @param steps of the rounds after them, or of those that measure while that is not known
   */
  record Auto(int probes, int steps) implements PeriodConfig {
    /** Steps of a round that measures. */
    public static final int PROBE_STEPS = 5;

    /** Rounds that measure. */
    public static final int PROBES = 8;

    /** What stands in a configuration. */
    public Auto() {
      this(PROBES, PROBE_STEPS);
    }

    @Override
    public int steps(int round) {
      return round < probes ? PROBE_STEPS : steps;
    }

    @Override
    public String description() {
      return "auto";
    }
  }
}
