package io.sparkdistill.objective;

import java.util.Arrays;
import java.util.Optional;

/**
 * The rows that a loss is computed of, and room for what comes of it. Memory is taken when rows or
 * classes become more, and never else. Not thread-safe.
 */
public final class Batch {
  int rows;
  int classes;

  /**
   * Rows of 2C numbers: C of the label, then C logits of the teacher. Of the former all but one are
   * 0: the row's weight at the label's place, or less than 0 at place 0 where there is no label.
   */
  float[] targets = {};

  /** Rows of C logits of the student. */
  float[] logits = {};

  /** Rows of C derivatives of the loss by the student's logits. */
  float[] gradient = {};

  /** T of each row. */
  double[] temperatures = {};

  /** Of each row's soft loss. */
  double[] weights = {};

  /** Of each row's cross-entropy with its label; 0 where it has none. */
  double[] labelWeights = {};

  /** Each row's loss. */
  double[] scores = {};

  private double[][] work = {};
  private Optional<Batch> inner = Optional.empty();

  Batch() {}

  /** Takes other rows, whose scores and gradients are 0. */
  void take(float[] newTargets, float[] newLogits, int count, int width, float[] newGradient) {
    targets = newTargets;
    logits = newLogits;
    gradient = newGradient;
    begin(count, width);
  }

  /** Takes rows of which the caller writes targets and logits, with scores and gradients of 0. */
  void make(int count, int width) {
    if (logits.length < count * width) {
      targets = new float[count * 2 * width];
      logits = new float[count * width];
      gradient = new float[count * width];
    }
    begin(count, width);
  }

  private void begin(int count, int width) {
    rows = count;
    classes = width;
    if (scores.length < count) {
      temperatures = new double[count];
      weights = new double[count];
      labelWeights = new double[count];
      scores = new double[count];
    }
    Arrays.fill(scores, 0, count, 0);
    Arrays.fill(gradient, 0, count * width, 0);
  }

  /** Where a row's logits begin. */
  int student(int row) {
    return row * classes;
  }

  /** Where its teacher's do. */
  int teacher(int row) {
    return (2 * row + 1) * classes;
  }

  /** Its label, or C if it has none. */
  int label(int row) {
    int place = marked(row);
    return place < classes && targets[2 * row * classes + place] < 0 ? classes : place;
  }

  /** How often it counts, 0 or more. */
  double weight(int row) {
    int place = marked(row);
    return place < classes ? Math.abs(targets[2 * row * classes + place]) : 0;
  }

  private int marked(int row) {
    int first = 2 * row * classes;
    int place = 0;
    while (place < classes && targets[first + place] == 0) {
      place++;
    }
    return place;
  }

  /** So many arrays of at least so many numbers, of no meaning. */
  double[][] work(int arrays, int length) {
    if (work.length < arrays || work[0].length < length) {
      work = new double[arrays][length];
    }
    return work;
  }

  /** Rows that a loss computes another loss of. */
  Batch inner() {
    if (inner.isEmpty()) {
      inner = Optional.of(new Batch());
    }
    return inner.get();
  }
}
