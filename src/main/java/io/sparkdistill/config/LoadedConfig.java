package io.sparkdistill.config;

import io.sparkdistill.failure.InvalidConfigurationException;
import java.util.List;

/**
 * A configuration that was accepted.
 *
 * @param config its values; of a chain, those of the last student
 * @param chain the links before it, in order; empty where there is no chain
 * @param recipe that gives it again, with the same values as text
 * @param given what was given, without the defaults, to make others of
 */
public record LoadedConfig(
    DistillConfig config, List<LinkConfig> chain, Recipe recipe, GivenConfig given) {
  /** Copies the list. */
  public LoadedConfig {
    chain = List.copyOf(chain);
  }

  /**
   * The values as text.
   *
   * @return one a key, sorted by key, with where each comes from
   */
  public List<EffectiveValue> effective() {
    return recipe.effective();
  }

  /**
   * One link of the chain.
   *
   * @param name of the link
   * @return its configuration
   * @throws InvalidConfigurationException if there is no such link
   */
  public DistillConfig link(String name) {
    return named(name).config();
  }

  /**
   * What gives one link of the chain again.
   *
   * @param name of the link
   * @return its recipe
   * @throws InvalidConfigurationException if there is no such link
   */
  public Recipe recipe(String name) {
    return named(name).recipe();
  }

  private LinkConfig named(String name) {
    return chain.stream()
        .filter(link -> link.name().equals(name))
        .findFirst()
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
  public record EffectiveValue(String key, String value, String origin) {
    /**
     * Whether nobody gave it.
     *
     * @return true where it is that of {@code reference.conf}
     */
    public boolean isDefault() {
      return origin.equals(Origins.DEFAULTS);
    }
  }
}
