package io.sparkdistill.config.reading;

import io.sparkdistill.config.EffectiveValue;
import io.sparkdistill.config.LinkConfig;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What becomes of a link of a chain by values that are put over the whole.
 *
 * @param before as it was given
 * @param after with these values
 */
record LinkChange(LinkConfig before, LinkConfig after) {

  /** A line for a file; empty where the link is the same one, however it is written. */
  Optional<String> comment() {
    Map<String, String> former = former();
    return before.config().equals(after.config()) || former.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "# Link "
                + before.name()
                + " of the chain is trained anew with values that were tuned. For the teacher that"
                + " the student was tuned with, give it "
                + former.entrySet().stream()
                    .map(value -> value.getKey() + " = " + value.getValue())
                    .collect(Collectors.joining(", "))
                + ".\n");
  }

  /** What undoes the change where the link says it; nothing where credentials alone differ. */
  private Map<String, String> former() {
    SortedMap<String, String> had = values(before);
    SortedMap<String, String> has = values(after);
    TreeSet<String> keys = new TreeSet<>(had.keySet());
    keys.addAll(has.keySet());
    Map<String, String> former = new TreeMap<>();
    for (String key : keys) {
      if (!had.containsKey(key) && isInABlock(key, had)) {
        former.put(key, "null");
      } else if (had.containsKey(key) && !had.get(key).equals(has.get(key))) {
        former.put(key, had.get(key));
      }
    }
    return former;
  }

  /**
   * A block that is new as a whole, such as another updater, is no longer there without its keys.
   */
  private static boolean isInABlock(String key, SortedMap<String, String> values) {
    String block = key.substring(0, key.lastIndexOf('.') + 1);
    SortedMap<String, String> after = values.tailMap(block);
    return !after.isEmpty() && after.firstKey().startsWith(block);
  }

  private static SortedMap<String, String> values(LinkConfig link) {
    SortedMap<String, String> values = new TreeMap<>();
    for (EffectiveValue value : link.recipe().effective()) {
      values.put(value.key(), value.value());
    }
    return values;
  }
}
