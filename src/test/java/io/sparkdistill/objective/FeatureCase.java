package io.sparkdistill.objective;

import java.util.stream.IntStream;

/** A comparison of hidden layers, and what its paper says it is, without regard for rounding. */
@SuppressWarnings("ImmutableEnumChecker") // Losses and formulas are stateless.
enum FeatureCase {
  HINT(new Hints(LayerShape.flat(4), LayerShape.flat(6)), 6, 6, FeatureCase::meanSquares),
  HINT_OF_POSITIONS(
      new Hints(new LayerShape(2, 2, 3), new LayerShape(1, 2, 3)), 6, 6, FeatureCase::meanSquares),
  ATTENTION(
      new AttentionMaps(new LayerShape(3, 2, 4), new LayerShape(2, 2, 4)),
      24,
      16,
      (s, t) -> attention(map(s, 3, 8), map(t, 2, 8))),
  ATTENTION_OF_A_SMALLER_TENSOR(
      new AttentionMaps(new LayerShape(2, 6, 5), new LayerShape(3, 4, 3)),
      60,
      36,
      (s, t) -> attention(resized(map(s, 2, 30), 6, 5, 4, 3), map(t, 3, 12))),
  ATTENTION_OF_A_LARGER_TENSOR(
      new AttentionMaps(new LayerShape(2, 2, 5), new LayerShape(1, 7, 3)),
      20,
      21,
      (s, t) -> attention(resized(map(s, 2, 10), 2, 5, 2, 3), resized(map(t, 1, 21), 7, 3, 2, 3))),
  ATTENTION_OF_UNITS(
      new AttentionMaps(LayerShape.flat(5), LayerShape.flat(5)),
      5,
      5,
      (s, t) -> attention(map(s, 1, 5), map(t, 1, 5))),
  DISTANCES(new Relations(4, 7, 1.5, 0), 4, 7, 1.5, 0),
  ANGLES(new Relations(5, 3, 0, 2), 5, 3, 0, 2),
  RELATIONS(new Relations(3, 6, 1, 2), 3, 6, 1, 2);

  private interface RowFormula {
    double of(float[] student, float[] tensor);
  }

  private interface Formula {
    double of(float[][] student, float[][] tensor);
  }

  private final FeatureLoss loss;
  private final int student;
  private final int teacher;
  private final Formula formula;

  FeatureCase(FeatureLoss loss, int student, int teacher, RowFormula formula) {
    this.loss = loss;
    this.student = student;
    this.teacher = teacher;
    this.formula =
        (s, t) -> IntStream.range(0, s.length).mapToDouble(r -> formula.of(s[r], t[r])).sum();
  }

  FeatureCase(FeatureLoss loss, int student, int teacher, double distance, double angle) {
    this.loss = loss;
    this.student = student;
    this.teacher = teacher;
    this.formula = (s, t) -> s.length * (distance * distances(s, t) + angle * angles(s, t));
  }

  FeatureLoss loss() {
    return loss;
  }

  /** Numbers of a row that are compared. */
  int student() {
    return student;
  }

  /** Numbers of a tensor. */
  int teacher() {
    return teacher;
  }

  double expected(float[][] students, float[][] tensors) {
    return formula.of(students, tensors);
  }

  private static double meanSquares(float[] s, float[] t) {
    return IntStream.range(0, s.length)
        .mapToDouble(i -> Math.pow((double) s[i] - t[i], 2))
        .average()
        .orElseThrow();
  }

  private static double[] map(float[] values, int channels, int positions) {
    return IntStream.range(0, positions)
        .mapToDouble(
            p ->
                IntStream.range(0, channels)
                    .mapToDouble(c -> Math.pow(values[c * positions + p], 2))
                    .sum())
        .toArray();
  }

  private static double attention(double[] s, double[] t) {
    double lengthS = Math.sqrt(dot(s, s));
    double lengthT = Math.sqrt(dot(t, t));
    return IntStream.range(0, s.length)
        .mapToDouble(p -> Math.pow(s[p] / lengthS - t[p] / lengthT, 2))
        .average()
        .orElseThrow();
  }

  /** By the weights of all pixels, which fall from 1 at a pixel's centre to 0 at the next one's. */
  private static double[] resized(
      double[] map, int height, int width, int newHeight, int newWidth) {
    double[] result = new double[newHeight * newWidth];
    for (int y = 0; y < newHeight; y++) {
      for (int x = 0; x < newWidth; x++) {
        for (int v = 0; v < height; v++) {
          for (int u = 0; u < width; u++) {
            result[y * newWidth + x] +=
                hat(y, newHeight, v, height) * hat(x, newWidth, u, width) * map[v * width + u];
          }
        }
      }
    }
    return result;
  }

  private static double hat(int place, int places, int pixel, int pixels) {
    double centre = (place + 0.5) / places * pixels - 0.5;
    double inside = Math.min(pixels - 1, Math.max(0, centre));
    return Math.max(0, 1 - Math.abs(inside - pixel));
  }

  private static double distances(float[][] s, float[][] t) {
    int rows = s.length;
    double meanS = meanDistance(s);
    double meanT = meanDistance(t);
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < rows; j++) {
        if (i != j) {
          sum += huber(distance(s[i], s[j]) / meanS - distance(t[i], t[j]) / meanT);
        }
      }
    }
    return rows < 2 ? 0 : sum / rows / (rows - 1);
  }

  private static double meanDistance(float[][] x) {
    double sum = 0;
    for (float[] a : x) {
      for (float[] b : x) {
        sum += a == b ? 0 : distance(a, b);
      }
    }
    return sum / x.length / (x.length - 1);
  }

  private static double angles(float[][] s, float[][] t) {
    int rows = s.length;
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < rows; j++) {
        for (int k = 0; k < rows; k++) {
          if (i != j && j != k && k != i) {
            sum += huber(cosine(s[i], s[j], s[k]) - cosine(t[i], t[j], t[k]));
          }
        }
      }
    }
    return rows < 3 ? 0 : sum / rows / (rows - 1) / (rows - 2);
  }

  private static double cosine(float[] a, float[] at, float[] b) {
    return dot(minus(a, at), minus(b, at)) / distance(a, at) / distance(b, at);
  }

  private static double distance(float[] a, float[] b) {
    double[] difference = minus(a, b);
    return Math.sqrt(dot(difference, difference) + 1e-6);
  }

  private static double[] minus(float[] a, float[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> (double) a[i] - b[i]).toArray();
  }

  private static double dot(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }

  private static double huber(double error) {
    return Math.abs(error) <= 1 ? error * error / 2 : Math.abs(error) - 0.5;
  }
}
