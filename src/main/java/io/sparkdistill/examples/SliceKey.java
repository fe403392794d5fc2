package io.sparkdistill.examples;

import java.io.Serializable;
import java.util.Comparator;

/**
 * A named part of the test set.
 *
 * @param place of the filter or column that it comes from, from 0, filters first
 * @param name for people
 */
public record SliceKey(int place, String name) implements Comparable<SliceKey>, Serializable {
  private static final Comparator<SliceKey> ORDER =
      Comparator.comparingInt(SliceKey::place).thenComparing(SliceKey::name);

  @Override
  public int compareTo(SliceKey other) {
    return ORDER.compare(this, other);
  }
}
