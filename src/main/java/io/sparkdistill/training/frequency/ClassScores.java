package io.sparkdistill.training.frequency;

import io.sparkdistill.softtargets.SoftTarget;
import java.io.Serializable;
import java.util.List;

/**
 * What a student says of some rows, as far as it decides how often k classes are predicted.
 *
 * @param scores k + 1 numbers for each row: the logits of these classes, then the largest of all
 *     others, or −∞ where there are no others
 * @param labels how many of the rows have each of these classes as label, k numbers
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over, not shared.
record ClassScores(float[] scores, long[] labels) implements Serializable {
  /** Of the logits of rows, C each, row by row. */
  static ClassScores of(float[] logits, List<SoftTarget> rows, List<Integer> classes) {
    int all = logits.length / rows.size();
    int own = classes.size();
    float[] scores = new float[rows.size() * (own + 1)];
    long[] labels = new long[own];
    for (int row = 0; row < rows.size(); row++) {
      int at = row * (own + 1);
      float others = Float.NEGATIVE_INFINITY;
      for (int c = 0; c < all; c++) {
        float logit = logits[row * all + c];
        int place = classes.indexOf(c);
        if (place < 0) {
          others = Math.max(others, logit);
        } else {
          scores[at + place] = logit;
        }
      }
      scores[at + own] = others;
      int labelled = classes.indexOf(rows.get(row).label());
      if (labelled >= 0) {
        labels[labelled]++;
      }
    }
    return new ClassScores(scores, labels);
  }
}
