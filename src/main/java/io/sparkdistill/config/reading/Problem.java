package io.sparkdistill.config.reading;

/**
 * One thing wrong with a configuration.
 *
 * @param key the key without {@code distill.}
 * @param where file and line, or the option it came from
 * @param text what is wrong, what was expected
 */
record Problem(String key, String where, String text) {
  /** Whether it is the same problem of the same value, wherever that is used. */
  boolean isLike(Problem other) {
    return where.equals(other.where) && text.equals(other.text);
  }

  @Override
  public String toString() {
    return key + " (" + where + "): " + text;
  }
}
