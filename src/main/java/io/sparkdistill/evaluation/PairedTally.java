package io.sparkdistill.evaluation;

import io.sparkdistill.math.Distributions;
import java.io.Serializable;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * Sums over rows that two models have both answered, from which paired tests follow; tallies of
 * parts add up. Not thread-safe.
 */
final class PairedTally implements Serializable {
  private static final long serialVersionUID = 1L;

  private long rows;
  private long firstAloneWrong;
  private long secondAloneWrong;
  private double nll;
  private double nllSquared;
  private double kl;
  private double klSquared;

  /** Adds a row: C logits of both models and of the teacher, and the label. */
  void add(float[] first, float[] second, float[] teacher, int label) {
    boolean firstRight = Distributions.argMax(first) == label;
    boolean secondRight = Distributions.argMax(second) == label;
    double[] logFirst = Distributions.logSoftmax(first, 1);
    double[] logSecond = Distributions.logSoftmax(second, 1);
    double[] logTeacher = Distributions.logSoftmax(teacher, 1);
    double nllDifference = logSecond[label] - logFirst[label];
    double klDifference =
        Distributions.kl(logTeacher, logFirst) - Distributions.kl(logTeacher, logSecond);
    rows++;
    firstAloneWrong += !firstRight && secondRight ? 1 : 0;
    secondAloneWrong += firstRight && !secondRight ? 1 : 0;
    nll += nllDifference;
    nllSquared += nllDifference * nllDifference;
    kl += klDifference;
    klSquared += klDifference * klDifference;
  }

  PairedTally plus(PairedTally other) {
    PairedTally sum = new PairedTally();
    for (PairedTally part : new PairedTally[] {this, other}) {
      sum.rows += part.rows;
      sum.firstAloneWrong += part.firstAloneWrong;
      sum.secondAloneWrong += part.secondAloneWrong;
      sum.nll += part.nll;
      sum.nllSquared += part.nllSquared;
      sum.kl += part.kl;
      sum.klSquared += part.klSquared;
    }
    return sum;
  }

  /** Rows that the first model gets wrong and the second right. */
  long firstAloneWrong() {
    return firstAloneWrong;
  }

  /** Rows that the second model gets wrong and the first right. */
  long secondAloneWrong() {
    return secondAloneWrong;
  }

  /**
   * Whether both make as many errors: two-sided p-value of McNemar's test (1947), exactly, by the
   * binomial distribution of the rows that one of them alone gets wrong.
   */
  double errorsP() {
    int either = Math.toIntExact(firstAloneWrong + secondAloneWrong);
    if (either == 0) {
      return 1;
    }
    int fewer = Math.toIntExact(Math.min(firstAloneWrong, secondAloneWrong));
    // No generator is needed to know a probability.
    return Math.min(1, 2 * new BinomialDistribution(null, either, 0.5).cumulativeProbability(fewer));
  }

  /** Whether both have the same mean negative log-likelihood: p-value of a paired t-test. */
  double nllP() {
    return tTest(nll, nllSquared);
  }

  /** Whether both have the same mean KL(teacher ‖ model): p-value of a paired t-test. */
  double klP() {
    return tTest(kl, klSquared);
  }

  /** Student (1908), two-sided, of differences that are given by their sums. */
  private double tTest(double sum, double squares) {
    double mean = sum / rows;
    double variance = rows < 2 ? 0 : (squares - sum * mean) / (rows - 1);
    if (!(variance > 0)) {
      return mean == 0 || rows < 2 ? 1 : 0;
    }
    double t = Math.abs(mean) / Math.sqrt(variance / rows);
    return Math.min(1, 2 * new TDistribution(null, rows - 1).cumulativeProbability(-t));
  }
}
