package io.sparkdistill.training.frequency;

import java.util.Arrays;
import java.util.List;

/**
 * Finds shifts of several classes where moving one after the other comes to a halt, as it may where
 * the sum that is to be least has an edge. With the largest logit of a row replaced by ε log Σ
 * exp(logit / ε), the sum has no edges, and its least is where each class has as much of all rows
 * as is wanted; alternately dividing rows among classes and setting each class right finds it
 * (Sinkhorn and Knopp, 1967; for this sum Cuturi, "Sinkhorn Distances", 2013). Each ε, half of the
 * one before, begins where that ended. Not thread-safe.
 */
final class SmoothedMatch {
  private static final int PASSES = 30;

  private final List<ClassScores> blocks;
  private final double[] wanted;
  private final double[] shifts;
  private double smoothness = 1;

  /**
   * Of rows.
   *
   * @param wanted rows of each class that is moved, and behind them those of all others together
   * @param begin shifts of the classes that are moved, in logits; not changed
   */
  SmoothedMatch(List<ClassScores> blocks, double[] wanted, double[] begin) {
    this.blocks = blocks;
    this.wanted = wanted;
    this.shifts = Arrays.copyOf(begin, wanted.length);
  }

  /** The shifts for the present ε, which is then halved. */
  double[] next() {
    for (int pass = 0; pass < PASSES; pass++) {
      pass();
    }
    smoothness /= 2;
    return Arrays.copyOf(shifts, shifts.length - 1);
  }

  private void pass() {
    double[] shares = new double[shifts.length];
    double[] row = new double[shifts.length];
    for (ClassScores block : blocks) {
      float[] scores = block.scores();
      for (int at = 0; at < scores.length; at += row.length) {
        add(scores, at, row, shares);
      }
    }
    for (int c = 0; c < shifts.length; c++) {
      // What nobody is to be, or nobody can be, stays where it is.
      if (wanted[c] > 0 && shares[c] > 0) {
        shifts[c] += smoothness * Math.log(wanted[c] / shares[c]);
      }
    }
    double others = shifts[shifts.length - 1];
    for (int c = 0; c < shifts.length; c++) {
      shifts[c] -= others;
    }
  }

  private void add(float[] scores, int at, double[] row, double[] shares) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < row.length; c++) {
      row[c] = (scores[at + c] + shifts[c]) / smoothness;
      largest = Math.max(largest, row[c]);
    }
    double sum = 0;
    for (int c = 0; c < row.length; c++) {
      row[c] = Math.exp(row[c] - largest);
      sum += row[c];
    }
    for (int c = 0; c < row.length; c++) {
      shares[c] += row[c] / sum;
    }
  }
}
