package io.sparkdistill.objective;

import java.util.Arrays;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Correlation instead of equality, DIST: Huang and others, "Knowledge Distillation from A Stronger
 * Teacher" (2022), equations 8 to 10. With p and q the teacher's and the student's probabilities at
 * the temperature T, r Pearson's correlation and w the rows' weights,
 *
 * <pre>
 * loss = β Σ w T² (1 − r(p[row], q[row]))                   over rows: inter-class
 *      + γ Σ w T² mean(1 − r(p[·, class], q[·, class]))     over the batch's rows: intra-class
 * </pre>
 *
 * <p>The second term is not a sum over rows: what one row adds depends on the others in its batch,
 * so batches must be large enough to correlate, 64 rows or more. Its correlations are weighted by
 * w. The paper has, beside cross-entropy of weight 1, which is as here with {@code softWeight =
 * 0.5}, β = γ = 2 and T = 4 on CIFAR-100, β = γ = 1 and T = 1 on ImageNet. Deviations are √(Σ x² +
 * 10⁻⁸) long, so that a row or a class without any has the correlation 0 and no gradient. Of kept
 * classes, the tail is evenly divided; counts of drawn ones give a biased estimate.
 *
 * @param beta weight of the correlation between classes, 0 or more
 * @param gamma weight of the correlation between rows, 0 or more
 */
public record Dist(@JsonProperty("beta") double beta, @JsonProperty("gamma") double gamma)
    implements SoftLoss {
  private static final double LEAST = 1e-8;

  @Override
  public void add(Batch batch) {
    int classes = batch.classes;
    double[][] work = batch.work(4, batch.rows * classes);
    double[] q = work[0];
    double[] p = work[1];
    double[] slopes = work[2];
    double[] ones = work[3];
    Arrays.fill(slopes, 0, batch.rows * classes, 0);
    Arrays.fill(ones, 0, classes, 1);
    double all = 0;
    for (int row = 0; row < batch.rows; row++) {
      double temperature = batch.temperatures[row];
      softmax(batch.logits, batch.student(row), classes, temperature, q, row * classes);
      softmax(batch.targets, batch.teacher(row), classes, temperature, p, row * classes);
      double scale = scale(batch, row);
      all += scale;
      double r =
          correlation(new Series(row * classes, 1, classes), q, p, ones, beta * scale, slopes);
      batch.scores[row] += beta * scale * (1 - r);
    }
    double ofColumns = 0;
    for (int i = 0; i < classes; i++) {
      Series column = new Series(i, classes, batch.rows);
      double r = correlation(column, q, p, batch.weights, gamma * all / classes, slopes);
      ofColumns += (1 - r) / classes;
    }
    for (int row = 0; row < batch.rows; row++) {
      batch.scores[row] += gamma * scale(batch, row) * ofColumns;
      addGradient(batch, row, q, slopes);
    }
  }

  private static double scale(Batch batch, int row) {
    return batch.weights[row] * batch.temperatures[row] * batch.temperatures[row];
  }

  /** Numbers at equal distances in an array. */
  private record Series(int first, int stride, int count) {
    double mean(double[] values, double[] weights, double weight) {
      double sum = 0;
      for (int i = 0; i < count; i++) {
        sum += weights[i] * values[first + i * stride];
      }
      return weight == 0 ? 0 : sum / weight;
    }
  }

  /** Gives r, and takes {@code factor} times its derivative by x away from the slopes. */
  private static double correlation(
      Series series, double[] x, double[] y, double[] weights, double factor, double[] slopes) {
    double weight = 0;
    double largest = 0;
    for (int i = 0; i < series.count; i++) {
      weight += weights[i];
      largest = Math.max(largest, weights[i]);
    }
    double meanX = series.mean(x, weights, weight);
    double meanY = series.mean(y, weights, weight);
    double product = 0;
    // All weights times the same number are the same correlation.
    double squaresX = largest == 0 ? LEAST : LEAST * largest;
    double squaresY = squaresX;
    int at = series.first;
    for (int i = 0; i < series.count; i++, at += series.stride) {
      double a = x[at] - meanX;
      double b = y[at] - meanY;
      product += weights[i] * a * b;
      squaresX += weights[i] * a * a;
      squaresY += weights[i] * b * b;
    }
    double lengthX = Math.sqrt(squaresX);
    double lengthY = Math.sqrt(squaresY);
    double r = product / lengthX / lengthY;
    at = series.first;
    for (int i = 0; i < series.count; i++, at += series.stride) {
      double a = (x[at] - meanX) / lengthX;
      double b = (y[at] - meanY) / lengthY;
      slopes[at] -= factor * weights[i] * (b - r * a) / lengthX;
    }
    return r;
  }

  private static void softmax(
      float[] logits, int offset, int count, double temperature, double[] to, int place) {
    double sum = Softmax.logSum(logits, offset, count, temperature);
    for (int i = 0; i < count; i++) {
      to[place + i] = Math.exp(logits[offset + i] / temperature - sum);
    }
  }

  private static void addGradient(Batch batch, int row, double[] q, double[] slopes) {
    int z = batch.student(row);
    double mean = 0;
    for (int i = z; i < z + batch.classes; i++) {
      mean += q[i] * slopes[i];
    }
    for (int i = z; i < z + batch.classes; i++) {
      batch.gradient[i] += (float) (q[i] * (slopes[i] - mean) / batch.temperatures[row]);
    }
  }
}
