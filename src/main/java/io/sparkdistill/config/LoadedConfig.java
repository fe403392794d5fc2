package io.sparkdistill.config;

import java.util.List;

/**
 * A configuration that was accepted.
 *
 * @param config its values
 * @param effective the same values as text, one a key, with where each comes from
 * @param given what was given, without the defaults, to make others of
 */
public record LoadedConfig(
    DistillConfig config, List<EffectiveValue> effective, GivenConfig given) {
  /** Copies the list. */
  public LoadedConfig {
    effective = List.copyOf(effective);
  }

  /**
   * One effective value.
   *
   * @param key without {@code distill.}
   * @param value as HOCON, with secrets masked
   * @param origin file and line, {@code --set}, an environment variable, or {@code default}
   */
  public record EffectiveValue(String key, String value, String origin) {}
}
