package io.sparkdistill.config.reading;

import io.sparkdistill.config.DistillConfig;
import io.sparkdistill.config.EffectiveValue;
import io.sparkdistill.config.HeadConfig;
import io.sparkdistill.config.LinkConfig;
import io.sparkdistill.config.Recipe;
import io.sparkdistill.failure.InvalidConfigurationException;
import java.util.List;

/**
 * A configuration that was accepted.
 *
 * @param config its values; of a chain, those of the last student; of several heads, those of the
 *     first with the output of the whole
 * @param chain the links before it, in order; empty where there is no chain
 * @param heads of the student, in order; empty where it has one alone
 * @param recipe that gives it again, with the same values as text
 * @param given what was given, without the defaults, to make others of
 */
public record LoadedConfig(
    DistillConfig config,
    List<LinkConfig> chain,
    List<HeadConfig> heads,
    Recipe recipe,
    GivenConfig given) {
  /** Copies the lists. */
  public LoadedConfig {
    chain = List.copyOf(chain);
    heads = List.copyOf(heads);
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
   * Whether the student has several labels for each row.
   *
   * @return false for a student of one head
   */
  public boolean hasHeads() {
    return !heads.isEmpty();
  }

  /**
   * One of the heads.
   *
   * @param name of the head
   * @return its configuration
   * @throws InvalidConfigurationException if there is no such head
   */
  public DistillConfig head(String name) {
    return heads.stream()
        .filter(head -> head.name().equals(name))
        .map(HeadConfig::config)
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidConfigurationException(
                    "Cannot use head "
                        + name
                        + ", the student has no such head: "
                        + headNames()
                        + ". Give one of these."));
  }

  /**
   * What the heads are called.
   *
   * @return in their order
   */
  public List<String> headNames() {
    return heads.stream().map(HeadConfig::name).toList();
  }
}
