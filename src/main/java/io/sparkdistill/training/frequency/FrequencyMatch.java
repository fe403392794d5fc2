package io.sparkdistill.training.frequency;

import java.util.Arrays;
import java.util.List;

/**
 * What is to be added to the biases of some classes, so that each is predicted for as many rows as
 * have it as label: the step of Hinton, Vinyals and Dean, "Distilling the knowledge in a neural
 * network", 2015, section 3, after a transfer set without a class. The sum over rows of the largest
 * logit, less each wanted number times its bias, is convex in the biases, and its slope along one
 * is by how many rows the class is predicted too often. Each step goes to the least along one bias:
 * between the rows by which it gains as many as wanted. One class needs one step; of several, each
 * is moved in turn, and where that comes to a halt, {@link SmoothedMatch} goes on. Rows in which a
 * class ties with another do not count as its own. Not thread-safe.
 */
final class FrequencyMatch {
  /** Ten classes need fewer, or come to a halt. */
  private static final int SWEEPS = 10;

  /** Halvings of a smoothness of 1, in logits. */
  private static final int HALVINGS = 14;

  private final List<ClassScores> blocks;
  private final int classes;
  private final int rows;
  private final long[] wanted;

  /** Of all rows, in blocks in any order; at least one row. */
  FrequencyMatch(List<ClassScores> blocks) {
    this.blocks = List.copyOf(blocks);
    this.classes = blocks.get(0).labels().length;
    this.wanted = new long[classes];
    int count = 0;
    for (ClassScores block : blocks) {
      count = Math.addExact(count, block.scores().length / (classes + 1));
      for (int c = 0; c < classes; c++) {
        wanted[c] += block.labels()[c];
      }
    }
    this.rows = count;
  }

  /** In logits, in the order of the classes; 0 where a class is predicted as often as it should. */
  double[] shifts() {
    double[] best = inTurn(new double[classes]);
    long least = missed(best);
    SmoothedMatch smoothed = new SmoothedMatch(blocks, wantedOfAll(), best);
    for (int halving = 0; halving < HALVINGS && least > 0; halving++) {
      double[] found = inTurn(smoothed.next());
      long missed = missed(found);
      if (missed < least) {
        least = missed;
        best = found;
      }
    }
    return best;
  }

  private double[] wantedOfAll() {
    double[] all = new double[classes + 1];
    all[classes] = rows;
    for (int c = 0; c < classes; c++) {
      all[c] = wanted[c];
      all[classes] -= wanted[c];
    }
    return all;
  }

  /** The best of what moving one class after the other comes to. */
  private double[] inTurn(double[] begin) {
    double[] shifts = begin.clone();
    double[] best = begin;
    long least = Long.MAX_VALUE;
    for (int sweep = 0; sweep <= SWEEPS && least > 0; sweep++) {
      long missed = missed(shifts);
      if (missed < least) {
        least = missed;
        best = shifts.clone();
      }
      for (int c = 0; c < classes; c++) {
        double[] needed = needed(shifts, c);
        if (predicted(needed, shifts[c]) != wanted[c]) {
          shifts[c] = between(needed, (int) wanted[c]);
        }
      }
    }
    return best;
  }

  /** Rows by which classes are predicted too often or too rarely, added up. */
  private long missed(double[] shifts) {
    long missed = 0;
    for (int c = 0; c < classes; c++) {
      missed += Math.abs(predicted(needed(shifts, c), shifts[c]) - wanted[c]);
    }
    return missed;
  }

  /** What a class must gain in each row to come up to the best of all others. */
  private double[] needed(double[] shifts, int own) {
    double[] needed = new double[rows];
    int row = 0;
    for (ClassScores block : blocks) {
      float[] scores = block.scores();
      for (int at = 0; at < scores.length; at += classes + 1) {
        double others = scores[at + classes];
        for (int c = 0; c < classes; c++) {
          others = c == own ? others : Math.max(others, scores[at + c] + shifts[c]);
        }
        needed[row++] = others - scores[at + own];
      }
    }
    return needed;
  }

  private static long predicted(double[] needed, double shift) {
    return Arrays.stream(needed).filter(least -> least < shift).count();
  }

  /** A shift that is above so many of these, which are reordered, and below all others. */
  private static double between(double[] needed, int count) {
    if (count == 0) {
      return Arrays.stream(needed).min().orElseThrow() - 1;
    }
    double last = Selection.smallest(needed, count - 1);
    if (count == needed.length) {
      return last + 1;
    }
    return (last + Arrays.stream(needed, count, needed.length).min().orElseThrow()) / 2;
  }
}
