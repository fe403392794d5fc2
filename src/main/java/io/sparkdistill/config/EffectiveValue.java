package io.sparkdistill.config;

/**
 * One value of a configuration that was accepted.
 *
 * @param key without {@code distill.}
 * @param value as HOCON, with secrets masked
 * @param origin file and line, {@code --set}, an environment variable, or {@link #DEFAULT}
 */
public record EffectiveValue(String key, String value, String origin) {
  /** The origin of what nobody gave. */
  public static final String DEFAULT = "default";

  /**
   * Whether nobody gave it.
   *
   * @return true where it is that of {@code reference.conf}
   */
  public boolean isDefault() {
    return origin.equals(DEFAULT);
  }
}
