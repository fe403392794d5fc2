package io.sparkdistill.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a configuration was given, to give it again. Credentials are masked.
 *
 * @param file the configuration's name
 * @param settings {@code key=value} each, that were put over it
 * @param link of a chain that it is; empty for the last student, or without a chain
 * @param effective all values, one a key, sorted by key
 */
public record Recipe(
    String file, List<String> settings, Optional<String> link, List<EffectiveValue> effective) {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=,@%+-]+");

  /** Copies the lists. */
  public Recipe {
    settings = List.copyOf(settings);
    effective = List.copyOf(effective);
  }

  /**
   * The command that makes all of it again.
   *
   * @return one line for a POSIX shell
   */
  public String command() {
    Stream<String> start = Stream.of("jobs/distill", "run", file);
    Stream<String> set = settings.stream().flatMap(setting -> Stream.of("--set", setting));
    Stream<String> only = link.stream().flatMap(name -> Stream.of("--link", name));
    return Stream.of(start, set, only)
        .flatMap(words -> words)
        .map(Recipe::quoted)
        .collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
