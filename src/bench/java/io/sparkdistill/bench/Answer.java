package io.sparkdistill.bench;

import java.util.Optional;

/**
 * What a system did in one repetition.
 *
 * @param seconds that are counted
 * @param rows that were labelled or learned from
 * @param errors rows whose largest logit is not the label's: tells whether systems did the same; 0
 *     where that is not asked
 */
record Answer(double seconds, long rows, long errors) {
  private static final String MARK = "answer";

  static Optional<Answer> parse(String line) {
    String[] words = line.split(" ");
    if (words.length != 4 || !words[0].equals(MARK)) {
      return Optional.empty();
    }
    return Optional.of(
        new Answer(
            Double.parseDouble(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3])));
  }

  String line() {
    return MARK + " " + seconds + " " + rows + " " + errors;
  }

  double rowsPerSecond() {
    return rows / seconds;
  }

  static int best(float[] logits, int from, int count) {
    int best = 0;
    for (int i = 1; i < count; i++) {
      if (logits[from + i] > logits[from + best]) {
        best = i;
      }
    }
    return best;
  }
}
