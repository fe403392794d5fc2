package io.sparkdistill.training;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What was written about the rounds of a training so far, as comma-separated values. Immutable: a
 * longer log knows the shorter one, and copies nothing of it.
 */
final class RoundLog {
  private final Optional<RoundLog> before;
  private final String line;

  private RoundLog(Optional<RoundLog> before, String line) {
    this.before = before;
    this.line = line;
  }

  /** Before the first round. */
  static RoundLog none() {
    return new RoundLog(Optional.empty(), RoundLine.NAMES);
  }

  /**
   * What {@link #text} gave. Of a build that wrote other columns nothing is kept: what follows
   * would not stand below them.
   */
  static RoundLog of(String text) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !(lines.get(0) + ",").startsWith(RoundLine.NAMES + ",")) {
      return none();
    }
    RoundLog log = new RoundLog(Optional.empty(), lines.get(0));
    for (String line : lines.subList(1, lines.size())) {
      log = new RoundLog(Optional.of(log), line);
    }
    return log;
  }

  /** The first line of a round decides what there is to be named. */
  RoundLog and(RoundLine round) {
    RoundLog head = before.isEmpty() ? new RoundLog(Optional.empty(), round.names()) : this;
    return new RoundLog(Optional.of(head), round.text());
  }

  /** A line of names, then one a round, each with its end. */
  String text() {
    Deque<String> lines = new ArrayDeque<>();
    // No recursion: there may be more rounds than a stack has room for.
    for (Optional<RoundLog> log = Optional.of(this); log.isPresent(); log = log.get().before) {
      lines.addFirst(log.get().line);
    }
    return lines.stream().map(each -> each + "\n").collect(Collectors.joining());
  }
}
