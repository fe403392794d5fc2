package io.sparkdistill.config;

import java.util.List;

/** A key that is varied, and its values. */
public sealed interface ParameterConfig {
  /**
   * What is varied.
   *
   * @return the key without {@code distill.}
   */
  String key();

  /**
   * One of a list.
   *
   * @param key what is varied
   * @param values as HOCON in one line each, all different, at least one
   */
  record Choice(String key, List<String> values) implements ParameterConfig {
    /** Copies the list. */
    public Choice {
      values = List.copyOf(values);
    }
  }

  /**
   * Any number between two bounds.
   *
   * @param key what is varied
   * @param from the lower bound, itself a possible value
   * @param to the upper bound, itself a possible value, greater than the lower
   * @param scale on which numbers are uniform
   * @param numbers which of them there are
   */
  record Range(String key, double from, double to, Scale scale, Numbers numbers)
      implements ParameterConfig {}

  /** On which scale numbers are uniform. */
  enum Scale {
    LINEAR,
    LOG
  }

  /** Which numbers a range has. */
  enum Numbers {
    REAL,
    WHOLE
  }
}
