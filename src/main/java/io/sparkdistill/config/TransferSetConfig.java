package io.sparkdistill.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which of the labelled rows a student learns from, and what is made up for the others in the end.
 *
 * @param where what these rows fulfil, in Spark SQL; empty for all
 * @param fraction share of them, by their ids, greater than 0, at most 1
 * @param matchFrequencies classes whose biases are moved until each is predicted as often as it is
 *     a label, on all rows
 */
public record TransferSetConfig(
    Optional<String> where, double fraction, List<Integer> matchFrequencies) {
  private static final String KEY = "training.transferSet.";

  /** The input that says which biases were moved. */
  public static final String MATCH_FREQUENCIES = KEY + "matchFrequencies";

  /** Copies the list. */
  public TransferSetConfig {
    matchFrequencies = List.copyOf(matchFrequencies);
  }

  /**
   * All rows, and nothing to make up for.
   *
   * @return the defaults
   */
  public static TransferSetConfig all() {
    return new TransferSetConfig(Optional.empty(), 1, List.of());
  }

  /**
   * Whether any row is left out.
   *
   * @return true where there is a condition, or a share that is not the whole
   */
  public boolean leavesOut() {
    return where.isPresent() || fraction < 1;
  }

  /**
   * What decides which rows these are, as far as it differs from {@link #all}.
   *
   * @return values by key
   */
  public Map<String, String> choice() {
    Map<String, String> choice = new TreeMap<>();
    where.ifPresent(condition -> choice.put(KEY + "where", condition));
    if (fraction < 1) {
      choice.put(KEY + "fraction", Double.toString(fraction));
    }
    return choice;
  }

  /**
   * What is done in the end, as far as it differs from {@link #all}.
   *
   * @return values by key
   */
  public Map<String, String> matching() {
    return matchFrequencies.isEmpty()
        ? Map.of()
        : Map.of(
            MATCH_FREQUENCIES,
            matchFrequencies.stream()
                .sorted()
                .map(String::valueOf)
                .collect(Collectors.joining(",")));
  }
}
