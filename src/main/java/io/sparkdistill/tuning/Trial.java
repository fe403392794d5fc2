package io.sparkdistill.tuning;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A configuration that is tried.
 *
 * @param number from 1; the first one is the configuration as it stands
 * @param values that are put over it: keys without {@code distill.}, and HOCON
 */
public record Trial(int number, SortedMap<String, String> values) {
  /** Copies the map. */
  public Trial {
    values = new TreeMap<>(values);
  }

  /** Whether it is the configuration as it stands. */
  boolean isAsConfigured() {
    return values.isEmpty();
  }
}
