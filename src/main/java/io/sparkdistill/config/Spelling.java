package io.sparkdistill.config;

import java.util.Locale;

/** How the constants of the code are written in a configuration, in manifests and on pages. */
public final class Spelling {
  private Spelling() {}

  /**
   * A constant's name in lower case, its words joined by hyphens: {@code DL4J_SPARK} is {@code
   * dl4j-spark}.
   *
   * @param constant any
   * @return its name for people
   */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
