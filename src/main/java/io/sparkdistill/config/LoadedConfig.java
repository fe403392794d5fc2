package io.sparkdistill.config;

import io.sparkdistill.failure.InvalidConfigurationException;
import java.util.List;

/**
 * A configuration that was accepted.
 *
 * @param config its values; of a chain, those of the last student
 * @param chain the links before it, in order; empty where there is no chain
 * @param effective the same values as text, one a key, with where each comes from
 * @param given what was given, without the defaults, to make others of
 */
public record LoadedConfig(
    DistillConfig config,
    List<LinkConfig> chain,
    List<EffectiveValue> effective,
    GivenConfig given) {
  /** Copies the lists. */
  public LoadedConfig {
    chain = List.copyOf(chain);
    effective = List.copyOf(effective);
  }

  /**
   * One link of the chain.
   *
   * @param name of the link
   * @return its configuration
   * @throws InvalidConfigurationException if there is no such link
   */
  public DistillConfig link(String name) {
    return chain.stream()
        .filter(link -> link.name().equals(name))
        .findFirst()
        .map(LinkConfig::config)
        .orElseThrow(
            () ->
                new InvalidConfigurationException(
                    "Cannot use link "
                        + name
                        + ", the chain has no such link: "
                        + chain.stream().map(LinkConfig::name).toList()
                        + ". Give one of these, or none for the last student."));
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
