package io.sparkdistill.training;

import io.sparkdistill.math.FloatArrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A training's state as names and values, so that what keeps it need not know what it is.
 *
 * @param arrays numbers by name; letters and digits only
 * @param values everything else by name, as text that gives the same value back
 * @param log what was written about the rounds so far; empty where nothing was
 */
record SavedState(SortedMap<String, float[]> arrays, SortedMap<String, String> values, String log) {
  static SavedState of(Map<String, float[]> arrays, Map<String, String> values, String log) {
    return new SavedState(new TreeMap<>(arrays), new TreeMap<>(values), log);
  }

  boolean isFinite() {
    return arrays.values().stream().allMatch(FloatArrays::areFinite);
  }

  /** What it lacks, or has beside, to be a later state of the same training. */
  Optional<String> differenceFrom(SavedState earlier) {
    if (!values.keySet().equals(earlier.values.keySet())) {
      return Optional.of(
          "it has the values " + values.keySet() + " instead of " + earlier.values.keySet());
    }
    if (!arrays.keySet().equals(earlier.arrays.keySet())) {
      return Optional.of(
          "it has the arrays " + arrays.keySet() + " instead of " + earlier.arrays.keySet());
    }
    return arrays.keySet().stream()
        // What grows from nothing may have begun to do so.
        .filter(name -> earlier.arrays.get(name).length > 0)
        .filter(name -> earlier.arrays.get(name).length != arrays.get(name).length)
        .findFirst()
        .map(
            name ->
                "its array "
                    + name
                    + " has "
                    + arrays.get(name).length
                    + " numbers instead of "
                    + earlier.arrays.get(name).length);
  }
}
