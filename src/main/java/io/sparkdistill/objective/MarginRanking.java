package io.sparkdistill.objective;

import java.util.Arrays;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The teacher's order of classes, with a margin: the pairwise hinge of Herbrich, Graepel and
 * Obermayer, "Large Margin Rank Boundaries for Ordinal Regression" (2000), for the teacher's best
 * classes as in Reddi and others, "RankDistil: Knowledge Distillation for Ranking" (2021). Over the
 * N pairs of one of the k best classes i and a class j with less than it, v[i] &gt; v[j],
 *
 * <pre>
 * loss = Σ max(0, m − (z[i] − z[j])) / N
 * </pre>
 *
 * <p>How far classes are apart for the teacher does not matter, and equal ones are no pair: the
 * order of drawn or kept classes above all others is enough. There is no temperature. A margin of 1
 * is the hinge's usual one; k of 1 says which class is best, and 5 to 10 what comes after it. O(kC)
 * for a row.
 *
 * @param margin m, in logits, greater than 0
 * @param ranks k, 1 or more; those that there are not are left out
 */
public record MarginRanking(@JsonProperty("margin") double margin, @JsonProperty("ranks") int ranks)
    implements RowLoss {
  @Override
  public void row(Batch batch, int row) {
    int z = batch.student(row);
    int v = batch.teacher(row);
    int classes = batch.classes;
    double[] slopes = batch.work(1, classes)[0];
    Arrays.fill(slopes, 0, classes, 0);
    double loss = 0;
    int pairs = 0;
    int best = -1;
    for (int rank = 0; rank < Math.min(ranks, classes); rank++) {
      best = next(batch, v, best);
      for (int j = 0; j < classes; j++) {
        if (batch.targets[v + j] < batch.targets[v + best]) {
          pairs++;
          double lack = margin - ((double) batch.logits[z + best] - batch.logits[z + j]);
          if (lack > 0) {
            loss += lack;
            slopes[best]--;
            slopes[j]++;
          }
        }
      }
    }
    double scale = batch.weights[row] / Math.max(1, pairs);
    for (int i = 0; i < classes; i++) {
      batch.gradient[z + i] += (float) (scale * slopes[i]);
    }
    batch.scores[row] += scale * loss;
  }

  /** The class that follows another in the teacher's order; the first of equal ones comes first. */
  private static int next(Batch batch, int v, int last) {
    int next = -1;
    for (int i = 0; i < batch.classes; i++) {
      boolean follows =
          last < 0
              || batch.targets[v + i] < batch.targets[v + last]
              || (batch.targets[v + i] == batch.targets[v + last] && i > last);
      if (follows && (next < 0 || batch.targets[v + i] > batch.targets[v + next])) {
        next = i;
      }
    }
    return next < 0 ? Math.max(0, last) : next;
  }
}
