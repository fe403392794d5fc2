package io.sparkdistill.pipeline.run;

import io.sparkdistill.storage.Sha256;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What versions are made from: compared, and named. Stateless. */
public final class Inputs {
  private Inputs() {}

  /**
   * Every difference.
   *
   * @param there inputs of what is published
   * @param here inputs of what would be
   * @return both sides named; empty if there is none
   */
  public static Optional<String> difference(Map<String, String> there, Map<String, String> here) {
    TreeMap<String, String> all = new TreeMap<>(there);
    all.putAll(here);
    String text =
        all.keySet().stream()
            .filter(key -> !Objects.equals(there.get(key), here.get(key)))
            .map(
                key ->
                    key
                        + " is "
                        + show(there.get(key))
                        + " there and "
                        + show(here.get(key))
                        + " here")
            .collect(Collectors.joining(", "));
    return Optional.of(text).filter(differences -> !differences.isEmpty());
  }

  /**
   * A digest of them, whatever order they are given in.
   *
   * @param inputs names and values
   * @return SHA-256, in hexadecimal digits
   */
  public static String sha256(Map<String, String> inputs) {
    return Sha256.of(
        new TreeMap<>(inputs)
            .entrySet().stream()
                .map(entry -> entry.getKey() + "\t" + entry.getValue())
                .collect(Collectors.joining("\n")));
  }

  private static String show(String value) {
    return value == null ? "absent" : value;
  }
}
