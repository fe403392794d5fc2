package io.sparkdistill.config;

import java.util.List;

/**
 * Which configurations are tried, and how they are compared.
 *
 * @param search how values are combined
 * @param trials how many combinations are drawn, where they are drawn
 * @param seed of the draws
 * @param parameters what is varied, by key; empty for nothing
 * @param fraction of the training rows that no trial learns from, by which all are compared
 * @param metric what is compared; smaller is better
 * @param halving how many epochs bad trials get
 * @param parallel trials that train at the same time
 */
public record TuningConfig(
    Search search,
    int trials,
    long seed,
    List<ParameterConfig> parameters,
    double fraction,
    Metric metric,
    Halving halving,
    int parallel) {
  /** Copies the list. */
  public TuningConfig {
    parameters = List.copyOf(parameters);
  }

  /** How values are combined. */
  public enum Search {
    /** Each with each. */
    GRID,
    /** Drawn independently. */
    RANDOM
  }

  /** What a trial is worth, on rows that it did not learn from. */
  public enum Metric {
    /** Rows whose most probable class is not the label. */
    ERRORS,
    /** Mean negative log-likelihood of the labels. */
    NLL,
    /** Mean divergence from the teacher at temperature 1. */
    KL
  }

  /**
   * Successive halving.
   *
   * @param factor by which trials become fewer, and their epochs more, from rung to rung
   * @param minEpochs of the first rung, at least; 0 for one rung of all epochs
   */
  public record Halving(int factor, int minEpochs) {}
}
