package io.sparkdistill.objective;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Computes the objectives of several heads, each on its own columns. It takes memory for the first
 * batch, and for larger ones.
 */
final class JointEvaluator implements Evaluator {
  private final List<Slice> slices = new ArrayList<>();
  private final int width;
  private double[] scores = {};

  JointEvaluator(JointObjective joint) {
    int first = 0;
    for (JointObjective.Head head : joint.heads()) {
      slices.add(new Slice(head, first));
      first += head.classes();
    }
    this.width = first;
  }

  @Override
  public double evaluate(
      float[] targets, float[] logits, int rows, int classes, int step, float[] gradient) {
    if (classes != width) {
      throw new IllegalArgumentException(
          "The heads have other logits than the student: " + width + " and " + classes);
    }
    if (scores.length < rows) {
      scores = new double[rows];
    }
    Arrays.fill(scores, 0, rows, 0);
    double sum = 0;
    for (Slice slice : slices) {
      sum += slice.evaluate(targets, logits, rows, step, gradient);
    }
    return sum;
  }

  @Override
  public Terms terms() {
    Terms all = Terms.none();
    List<HeadTerms> heads = new ArrayList<>();
    for (Slice slice : slices) {
      Terms own = slice.evaluator.terms();
      heads.add(new HeadTerms(slice.head.name(), own));
      all = all.beside(own.times(slice.head.weight()));
    }
    return all.withHeads(heads);
  }

  @Override
  public double score(int row) {
    return scores[row];
  }

  /** A head's columns, copied together. */
  private final class Slice {
    private final JointObjective.Head head;
    private final int first;
    private final Evaluator evaluator;
    private float[] targets = {};
    private float[] logits = {};
    private float[] gradient = {};

    Slice(JointObjective.Head head, int first) {
      this.head = head;
      this.first = first;
      this.evaluator = head.objective().evaluator();
    }

    double evaluate(float[] all, float[] student, int rows, int step, float[] slope) {
      int classes = head.classes();
      if (logits.length < rows * classes) {
        targets = new float[rows * 2 * classes];
        logits = new float[rows * classes];
        gradient = new float[rows * classes];
      }
      for (int row = 0; row < rows; row++) {
        int label = 2 * row * width + first;
        System.arraycopy(all, label, targets, 2 * row * classes, classes);
        System.arraycopy(all, label + width, targets, (2 * row + 1) * classes, classes);
        System.arraycopy(student, row * width + first, logits, row * classes, classes);
      }
      double sum = evaluator.evaluate(targets, logits, rows, classes, step, gradient);
      for (int row = 0; row < rows; row++) {
        scores[row] += head.weight() * evaluator.score(row);
        for (int i = 0; i < classes; i++) {
          slope[row * width + first + i] = (float) (head.weight() * gradient[row * classes + i]);
        }
      }
      return head.weight() * sum;
    }
  }
}
