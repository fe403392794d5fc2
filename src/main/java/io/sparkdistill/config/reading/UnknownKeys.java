package io.sparkdistill.config.reading;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds what was configured and does not exist: most often a slip of the finger. */
final class UnknownKeys {
  private UnknownKeys() {}

  /** Reports every key of {@code given} that {@code known} does not have. */
  static void find(Config given, Config known, ConfigFields report) {
    compare("", given.root(), known.root(), report);
  }

  /**
   * What stands beside the block and would be known in it: a brace was closed too early, or there
   * is none. Whatever else stands there, and what the block refers to, is material.
   */
  static List<Problem> outside(ConfigObject all, ConfigObject block, ConfigObject known) {
    return new TreeMap<>(all)
        .entrySet().stream()
            .filter(entry -> known.containsKey(entry.getKey()))
            .filter(entry -> !block.containsKey(entry.getKey()))
            .map(
                entry ->
                    new Problem(
                        entry.getKey(),
                        Origins.describe(entry.getValue().origin()),
                        "stands outside of distill { }, where it means nothing"))
            .toList();
  }

  static void report(
      ConfigFields report, String key, ConfigValue value, Collection<String> candidates) {
    String last = key.substring(key.lastIndexOf('.') + 1);
    String nearest =
        candidates.stream()
            .filter(candidate -> distance(candidate, last) <= 2)
            .min(Comparator.comparingInt(candidate -> distance(candidate, last)))
            .map(candidate -> ", did you mean " + candidate + "?")
            .orElse(", known here are " + String.join(", ", candidates.stream().sorted().toList()));
    report
        .problems()
        .add(new Problem(key, Origins.describe(value.origin()), "no such key" + nearest));
  }

  private static void compare(
      String prefix, ConfigObject given, ConfigObject known, ConfigFields report) {
    for (Map.Entry<String, ConfigValue> entry : new TreeMap<>(given).entrySet()) {
      ConfigValue counterpart = known.get(entry.getKey());
      String key = prefix + ConfigUtil.joinPath(entry.getKey());
      if (counterpart == null) {
        report(report, key, entry.getValue(), known.keySet());
      } else if (counterpart instanceof ConfigObject block) {
        if (entry.getValue() instanceof ConfigObject givenBlock) {
          compare(key + ".", givenBlock, block, report);
        } else {
          report
              .problems()
              .add(
                  new Problem(
                      key, Origins.describe(entry.getValue().origin()), "expected a block { … }"));
        }
      }
    }
  }

  /** Levenshtein's distance, ignoring case. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        boolean same =
            Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
        int substituted = previous[j - 1] + (same ? 0 : 1);
        current[j] = Math.min(substituted, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
