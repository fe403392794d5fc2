package io.sparkdistill.evaluation;

import java.io.Serializable;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * By how much one model's loss is above another's in each row: sums from which their mean and its
 * significance follow; those of parts add up. Not thread-safe.
 */
final class PairedDifference implements Serializable {
  private static final long serialVersionUID = 1L;

  private long rows;
  private double sum;
  private double squares;

  void add(double difference) {
    rows++;
    sum += difference;
    squares += difference * difference;
  }

  void addAll(PairedDifference other) {
    rows += other.rows;
    sum += other.sum;
    squares += other.squares;
  }

  /**
   * The probability of a mean at least as far from 0 if both models were equally good: Student,
   * "The probable error of a mean" (1908), of differences, two-sided. 1 of fewer than two rows.
   */
  double pValue() {
    if (rows < 2) {
      return 1;
    }
    double mean = sum / rows;
    double variance = (squares - sum * mean) / (rows - 1);
    if (Double.isNaN(mean) || Double.isNaN(variance)) {
      return 1;
    }
    if (variance <= 0) {
      return mean == 0 ? 1 : 0;
    }
    double t = Math.abs(mean) / Math.sqrt(variance / rows);
    TDistribution chance = new TDistribution(null, rows - 1.0);
    return ModelMetrics.rounded(Math.min(1, 2 * chance.cumulativeProbability(-t)));
  }
}
