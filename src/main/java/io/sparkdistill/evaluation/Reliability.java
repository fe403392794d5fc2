package io.sparkdistill.evaluation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows by how probable a model finds its class, in {@value #BINS} bins of equal width; those of
 * parts add up. The expected calibration error is that of Guo, Pleiss, Sun and Weinberger, "On
 * Calibration of Modern Neural Networks" (2017), equation 3. Not thread-safe.
 */
final class Reliability implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int BINS = 15;

  private final long[] rows = new long[BINS];
  private final long[] right = new long[BINS];
  private final double[] confidence = new double[BINS];

  /** A row whose label is the class that the model finds so probable. */
  void addRight(double probability) {
    right[bin(probability)]++;
    add(probability);
  }

  /** A row whose label is another class. */
  void addWrong(double probability) {
    add(probability);
  }

  private void add(double probability) {
    int bin = bin(probability);
    rows[bin]++;
    confidence[bin] += probability;
  }

  private static int bin(double probability) {
    return Math.min(BINS - 1, (int) (probability * BINS));
  }

  void addAll(Reliability other) {
    for (int i = 0; i < BINS; i++) {
      rows[i] += other.rows[i];
      right[i] += other.right[i];
      confidence[i] += other.confidence[i];
    }
  }

  /** Expected calibration error, 0 to 1, of as many rows as were added. */
  double ece(long count) {
    double sum = 0;
    for (int i = 0; i < BINS; i++) {
      sum += Math.abs(right[i] - confidence[i]);
    }
    return sum / count;
  }

  /** Those that have rows. */
  List<ReliabilityBin> bins() {
    List<ReliabilityBin> bins = new ArrayList<>();
    for (int i = 0; i < BINS; i++) {
      if (rows[i] > 0) {
        bins.add(
            new ReliabilityBin(
                ModelMetrics.rounded((double) i / BINS),
                ModelMetrics.rounded((i + 1.0) / BINS),
                rows[i],
                ModelMetrics.rounded(confidence[i] / rows[i]),
                ModelMetrics.rounded((double) right[i] / rows[i])));
      }
    }
    return bins;
  }
}
