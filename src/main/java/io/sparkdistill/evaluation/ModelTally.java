package io.sparkdistill.evaluation;

import io.sparkdistill.math.Distributions;
import java.io.Serializable;

/**
 * Sums over rows from which a model's metrics follow; tallies of parts add up. The expected
 * calibration error has {@value #BINS} bins of equal width: Guo, Pleiss, Sun and Weinberger, "On
 * Calibration of Modern Neural Networks" (2017), equation 3. Not thread-safe.
 */
final class ModelTally implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int BINS = 15;

  private final long[] binRows = new long[BINS];
  private final long[] binCorrect = new long[BINS];
  private final double[] binConfidence = new double[BINS];
  private long rows;
  private long errors;
  private long agreements;
  private double nll;
  private double klToTeacher;

  /** Adds a row: C logits of the model and of the teacher, and the label. */
  void add(float[] logits, float[] teacher, int label) {
    double[] logQ = Distributions.logSoftmax(logits, 1);
    double[] logP = Distributions.logSoftmax(teacher, 1);
    int predicted = Distributions.argMax(logits);
    double confidence = Math.exp(logQ[predicted]);
    int bin = Math.min(BINS - 1, (int) (confidence * BINS));
    rows++;
    errors += predicted == label ? 0 : 1;
    agreements += predicted == Distributions.argMax(teacher) ? 1 : 0;
    nll -= logQ[label];
    klToTeacher += Distributions.kl(logP, logQ);
    binRows[bin]++;
    binCorrect[bin] += predicted == label ? 1 : 0;
    binConfidence[bin] += confidence;
  }

  ModelTally plus(ModelTally other) {
    ModelTally sum = new ModelTally();
    for (ModelTally part : new ModelTally[] {this, other}) {
      for (int i = 0; i < BINS; i++) {
        sum.binRows[i] += part.binRows[i];
        sum.binCorrect[i] += part.binCorrect[i];
        sum.binConfidence[i] += part.binConfidence[i];
      }
      sum.rows += part.rows;
      sum.errors += part.errors;
      sum.agreements += part.agreements;
      sum.nll += part.nll;
      sum.klToTeacher += part.klToTeacher;
    }
    return sum;
  }

  long rows() {
    return rows;
  }

  long errors() {
    return errors;
  }

  double accuracy() {
    return 1 - (double) errors / rows;
  }

  /** Mean negative log-likelihood of the labels, in nats. */
  double nll() {
    return nll / rows;
  }

  /** Expected calibration error, 0 to 1. */
  double ece() {
    double sum = 0;
    for (int i = 0; i < BINS; i++) {
      sum += Math.abs(binCorrect[i] - binConfidence[i]);
    }
    return sum / rows;
  }

  /** Share of rows where model and teacher name the same class. */
  double agreement() {
    return (double) agreements / rows;
  }

  /** Mean KL(teacher ‖ model) at temperature 1, in nats. */
  double klToTeacher() {
    return klToTeacher / rows;
  }
}
