package io.sparkdistill.pipeline.run;

import io.sparkdistill.software.Versions;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Versions of what computes, for manifests and reports. Stateless and thread-safe. */
public final class Software {
  private static final String PREFIX = "software.";

  private Software() {}

  /**
   * All that runs here.
   *
   * @return versions by name; a copy
   */
  public static SortedMap<String, String> running() {
    SortedMap<String, String> all = Versions.running();
    all.put("Spark", SparkRelease.running().spark());
    return all;
  }

  /**
   * Facts, and the versions of all that runs here.
   *
   * @param facts of a result
   * @return for a manifest
   */
  public static Map<String, String> noted(Map<String, String> facts) {
    Map<String, String> all = new TreeMap<>(facts);
    running().forEach((name, version) -> all.put(PREFIX + name, version));
    return all;
  }

  /**
   * The versions among the facts of a manifest, in a line.
   *
   * @param facts of a manifest
   * @return nothing in those of earlier releases
   */
  public static Optional<String> words(Map<String, String> facts) {
    String words =
        new TreeMap<>(facts)
            .entrySet().stream()
                .filter(fact -> fact.getKey().startsWith(PREFIX))
                .map(fact -> fact.getKey().substring(PREFIX.length()) + " " + fact.getValue())
                .collect(Collectors.joining(", "));
    return Optional.of(words).filter(text -> !text.isEmpty());
  }
}
