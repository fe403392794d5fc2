package io.sparkdistill.objective;

import java.util.Arrays;

/**
 * Relations between the rows of a batch: Park and others, "Relational Knowledge Distillation"
 * (2019), equations 4 to 8. With the layer's numbers x of each row, h(e) = e² / 2 where |e| ≤ 1 and
 * |e| − 1/2 elsewhere (Huber), and n rows,
 *
 * <pre>
 * d[i, j] = √(|x[i] − x[j]|² + 10⁻⁶), and ψ = d / (mean of d over pairs)
 * cos[i, j, k] = (x[i] − x[j])·(x[k] − x[j]) / (d[i, j] d[k, j])
 * loss = n (distance · mean of h(ψ − the teacher's ψ) over pairs
 *           + angle · mean of h(cos − the teacher's cos) over triples)
 * </pre>
 *
 * <p>Rows that count more than once do so in all means: a pair or triple as often as the product of
 * its rows' weights, and n is the sum of the weights. Student and teacher may have different
 * widths. Inner products come from distances, so that a batch needs n² products of rows and n³ / 2
 * numbers. The paper has, for classification and beside cross-entropy of weight 1, the weights 25
 * for distances and 50 for angles. A batch of one row has no relations, one of two has no angles.
 * The loss of one row depends on the others in its batch.
 *
 * @param student numbers of the layer
 * @param teacher numbers of the tensor
 * @param distance weight of distances, 0 or more
 * @param angle weight of angles, 0 or more
 */
public record Relations(int student, int teacher, double distance, double angle)
    implements FeatureLoss {
  private static final double LEAST = 1e-6;

  @Override
  public int studentNumbers() {
    return student;
  }

  @Override
  public int teacherNumbers() {
    return teacher;
  }

  @Override
  public float[] target(float[] tensor) {
    return tensor;
  }

  @Override
  public FeatureLoss ofRows() {
    return new Relations(teacher, teacher, 1, 0);
  }

  @Override
  public double add(FeatureBatch batch) {
    int rows = batch.rows;
    double[][] work = batch.work(6, Math.max(rows * rows, student));
    Counts counts = Counts.of(batch);
    Pairs ours = Pairs.of(batch.student, student, rows, work[0], work[1]);
    Pairs theirs = Pairs.of(batch.teacher, teacher, rows, work[2], work[3]);
    double[] slopes = work[4];
    Arrays.fill(slopes, 0, rows * rows, 0);
    double loss = 0;
    if (distance > 0 && counts.pairs > 0) {
      loss += distance * distances(ours, theirs, counts, slopes);
    }
    if (angle > 0 && counts.triples > 0) {
      loss += angle * angles(ours, theirs, counts, slopes);
    }
    addGradient(batch, counts.rows, slopes, work[5]);
    return counts.rows * loss;
  }

  /**
   * How often everything counts.
   *
   * @param weights of rows
   * @param rows all together
   * @param pairs all together
   * @param triples all together, with any of their rows at the angle
   */
  @SuppressWarnings("ArrayRecordComponent") // Lives as long as one batch.
  private record Counts(double[] weights, double rows, double pairs, double triples) {
    static Counts of(FeatureBatch batch) {
      double rows = 0;
      double pairs = 0;
      double triples = 0;
      for (int row = 0; row < batch.rows; row++) {
        triples += 3 * pairs * batch.weights[row];
        pairs += rows * batch.weights[row];
        rows += batch.weights[row];
      }
      return new Counts(batch.weights, rows, pairs, triples);
    }

    double of(int i, int j) {
      return weights[i] * weights[j];
    }
  }

  /**
   * Squared distances between rows, without what keeps them from 0, and one divided by distances.
   *
   * @param rows how many
   * @param squares n² of them
   * @param inverses n² of them
   */
  @SuppressWarnings("ArrayRecordComponent") // Lives as long as one batch.
  private record Pairs(int rows, double[] squares, double[] inverses) {
    static Pairs of(float[] values, int numbers, int rows, double[] squares, double[] inverses) {
      for (int i = 0; i < rows; i++) {
        squares[i * rows + i] = 0;
        for (int j = 0; j < i; j++) {
          double sum = 0;
          for (int k = 0; k < numbers; k++) {
            double difference = (double) values[i * numbers + k] - values[j * numbers + k];
            sum += difference * difference;
          }
          squares[i * rows + j] = sum;
          squares[j * rows + i] = sum;
          inverses[i * rows + j] = 1 / Math.sqrt(sum + LEAST);
          inverses[j * rows + i] = inverses[i * rows + j];
        }
      }
      return new Pairs(rows, squares, inverses);
    }

    double meanDistance(Counts counts) {
      double sum = 0;
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < i; j++) {
          sum += counts.of(i, j) / inverses[i * rows + j];
        }
      }
      return sum / counts.pairs;
    }
  }

  /** Adds to slopes what the loss's derivative by each squared distance is. */
  private double distances(Pairs ours, Pairs theirs, Counts counts, double[] slopes) {
    int rows = ours.rows;
    double mean = ours.meanDistance(counts);
    double teachersMean = theirs.meanDistance(counts);
    double pairs = counts.pairs;
    double sum = 0;
    double along = 0;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < i; j++) {
        int pair = i * rows + j;
        double psi = 1 / (ours.inverses[pair] * mean);
        double error = psi - 1 / (theirs.inverses[pair] * teachersMean);
        double weight = counts.of(i, j);
        sum += weight * huber(error);
        along += weight * slope(error) * psi;
      }
    }
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < i; j++) {
        int pair = i * rows + j;
        double psi = 1 / (ours.inverses[pair] * mean);
        double error = psi - 1 / (theirs.inverses[pair] * teachersMean);
        double byDistance = (slope(error) - along / pairs) / (pairs * mean);
        double weight = distance * counts.of(i, j);
        slopes[pair] += weight * byDistance * ours.inverses[pair] / 2;
      }
    }
    return sum / pairs;
  }

  private double angles(Pairs ours, Pairs theirs, Counts counts, double[] slopes) {
    int rows = ours.rows;
    double sum = 0;
    for (int j = 0; j < rows; j++) {
      for (int i = 0; i < rows; i++) {
        for (int k = 0; k < i; k++) {
          if (i != j && k != j) {
            double cosine = cosine(ours, i, j, k);
            double error = cosine - cosine(theirs, i, j, k);
            double weight = counts.of(i, j) * counts.weights[k];
            sum += weight * huber(error);
            double scale = angle * weight * slope(error) / (2 * counts.triples);
            double first = ours.inverses[j * rows + i];
            double second = ours.inverses[j * rows + k];
            double across = scale * first * second;
            slopes[j * rows + i] += across - scale * cosine * first * first;
            slopes[j * rows + k] += across - scale * cosine * second * second;
            slopes[i * rows + k] -= across;
          }
        }
      }
    }
    return sum / counts.triples;
  }

  /** At j, between the directions to i and k. */
  private static double cosine(Pairs pairs, int i, int j, int k) {
    int rows = pairs.rows;
    double product =
        (pairs.squares[j * rows + i] + pairs.squares[j * rows + k] - pairs.squares[i * rows + k])
            / 2;
    return product * pairs.inverses[j * rows + i] * pairs.inverses[j * rows + k];
  }

  private static void addGradient(
      FeatureBatch batch, double times, double[] slopes, double[] sums) {
    int rows = batch.rows;
    int numbers = batch.studentNumbers;
    for (int i = 0; i < rows; i++) {
      Arrays.fill(sums, 0, numbers, 0);
      for (int j = 0; j < rows; j++) {
        double slope = 2 * times * (slopes[i * rows + j] + slopes[j * rows + i]);
        for (int k = 0; slope != 0 && k < numbers; k++) {
          sums[k] +=
              slope * ((double) batch.student[i * numbers + k] - batch.student[j * numbers + k]);
        }
      }
      for (int k = 0; k < numbers; k++) {
        batch.gradient[i * numbers + k] += (float) sums[k];
      }
    }
  }

  private static double huber(double error) {
    double size = Math.abs(error);
    return size <= 1 ? size * size / 2 : size - 0.5;
  }

  private static double slope(double error) {
    return Math.max(-1, Math.min(1, error));
  }
}
