package io.sparkdistill.config;

/**
 * One thing wrong with a configuration.
 *
 * @param key the key without {@code distill.}
 * @param where file and line, or the option it came from
 * @param text what is wrong, what was expected
 */
record Problem(String key, String where, String text) {
  @Override
  public String toString() {
    return key + " (" + where + "): " + text;
  }
}
