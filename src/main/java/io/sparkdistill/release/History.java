package io.sparkdistill.release;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;

/**
 * Which versions were in use, one after the other.
 *
 * @param entries in their order
 */
record History(List<HistoryEntry> entries) {
  History {
    entries = List.copyOf(entries);
  }

  /** The version that is in use. */
  OptionalInt current() {
    return entries.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(entries.get(entries.size() - 1).version());
  }

  /** Whether a version was ever in use. */
  boolean has(int version) {
    return entries.stream().anyMatch(entry -> entry.version() == version);
  }

  /** The number of the next entry. */
  int next() {
    return entries.isEmpty() ? 1 : entries.get(entries.size() - 1).number() + 1;
  }

  /**
   * The version that the current one came after. What was gone back from does not count, so that
   * going back twice goes back by two.
   */
  OptionalInt before() {
    Deque<Integer> used = new ArrayDeque<>();
    for (HistoryEntry entry : entries) {
      if (entry.event() == HistoryEntry.Event.ROLLED_BACK && used.contains(entry.version())) {
        while (used.element() != entry.version()) {
          used.pop();
        }
      } else {
        used.push(entry.version());
      }
    }
    used.poll();
    return used.isEmpty() ? OptionalInt.empty() : OptionalInt.of(used.element());
  }
}
