package io.sparkdistill.objective;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Losses as the papers write them, without regard for rounding or large numbers. */
final class Formulas {
  private Formulas() {}

  /** The loss of all rows at a temperature. */
  interface Formula {
    double of(Rows rows, double temperature);
  }

  private interface RowFormula {
    double of(double[] teacher, double[] student, int label, double temperature);
  }

  static double crossEntropy(Rows rows) {
    return eachRow(rows, 1, (v, z, label, one) -> -Math.log(softmax(z, 1)[label]));
  }

  static double hinton(Rows rows, double temperature) {
    return eachRow(rows, temperature, (v, z, label, t) -> t * t * kl(softmax(v, t), softmax(z, t)));
  }

  static double logits(Rows rows, double temperature) {
    return eachRow(
        rows,
        temperature,
        (v, z, label, t) -> {
          double[] difference = centred(minus(z, v));
          return dot(difference, difference) / 2 / z.length;
        });
  }

  static Formula dkd(double alpha, double beta) {
    return (rows, temperature) ->
        eachRow(
            rows,
            temperature,
            (v, z, label, t) -> {
              double[] p = softmax(v, t);
              double[] q = softmax(z, t);
              double target =
                  kl(new double[] {p[label], 1 - p[label]}, new double[] {q[label], 1 - q[label]});
              double others = kl(softmax(without(label, v), t), softmax(without(label, z), t));
              return t * t * (alpha * target + beta * others);
            });
  }

  static double jensenShannon(Rows rows, double temperature) {
    return eachRow(
        rows,
        temperature,
        (v, z, label, t) -> {
          double[] p = softmax(v, t);
          double[] q = softmax(z, t);
          double[] m = IntStream.range(0, p.length).mapToDouble(i -> (p[i] + q[i]) / 2).toArray();
          return t * t * (kl(p, m) + kl(q, m)) / 2;
        });
  }

  static double uniform(Rows rows, double temperature) {
    return eachRow(
        rows,
        temperature,
        (v, z, label, t) -> -Arrays.stream(softmax(z, 1)).map(Math::log).average().orElseThrow());
  }

  static double cosine(Rows rows, double temperature) {
    return eachRow(
        rows,
        temperature,
        (v, z, label, t) -> {
          double[] a = centred(v);
          double[] b = centred(z);
          return 1 - dot(a, b) / Math.sqrt((dot(a, a) + 1e-4) * (dot(b, b) + 1e-4));
        });
  }

  static Formula marginRanking(double margin, int ranks) {
    return (rows, temperature) ->
        eachRow(
            rows,
            temperature,
            (v, z, label, t) -> {
              int[] order =
                  IntStream.range(0, v.length)
                      .boxed()
                      .sorted((i, j) -> Double.compare(v[j], v[i]))
                      .mapToInt(Integer::intValue)
                      .toArray();
              double sum = 0;
              int pairs = 0;
              for (int i = 0; i < Math.min(ranks, v.length); i++) {
                for (int j : order) {
                  if (v[order[i]] > v[j]) {
                    sum += Math.max(0, margin - z[order[i]] + z[j]);
                    pairs++;
                  }
                }
              }
              return pairs == 0 ? 0 : sum / pairs;
            });
  }

  static Formula dist(double beta, double gamma) {
    return (rows, temperature) -> {
      double[][] p = new double[rows.count()][];
      double[][] q = new double[rows.count()][];
      for (int row = 0; row < rows.count(); row++) {
        p[row] = softmax(doubles(rows.teacher(row)), temperature);
        q[row] = softmax(doubles(rows.student(row)), temperature);
      }
      double inter = 0;
      for (int row = 0; row < rows.count(); row++) {
        inter += 1 - pearson(p[row], q[row]);
      }
      double intra = 0;
      for (int i = 0; i < rows.classes(); i++) {
        int column = i;
        intra +=
            1
                - pearson(
                    Arrays.stream(p).mapToDouble(row -> row[column]).toArray(),
                    Arrays.stream(q).mapToDouble(row -> row[column]).toArray());
      }
      return temperature
          * temperature
          * (beta * inter + gamma * intra * rows.count() / rows.classes());
    };
  }

  /** Another formula's value for logits of mean 0 and standard deviation 1. */
  static Formula standardised(Formula of) {
    return (rows, temperature) -> {
      float[][] z = new float[rows.count()][];
      float[][] v = new float[rows.count()][];
      int[] labels = new int[rows.count()];
      for (int row = 0; row < rows.count(); row++) {
        z[row] = standardised(rows.student(row));
        v[row] = standardised(rows.teacher(row));
        labels[row] = rows.label(row);
      }
      return of.of(new Rows(z, v, labels), temperature);
    };
  }

  private static float[] standardised(float[] logits) {
    double[] centred = centred(doubles(logits));
    double deviation = Math.sqrt(dot(centred, centred) / centred.length + 1e-4);
    float[] result = new float[centred.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) (centred[i] / deviation);
    }
    return result;
  }

  private static double eachRow(Rows rows, double temperature, RowFormula formula) {
    double sum = 0;
    for (int row = 0; row < rows.count(); row++) {
      sum +=
          formula.of(
              doubles(rows.teacher(row)), doubles(rows.student(row)), rows.label(row), temperature);
    }
    return sum;
  }

  static double[] softmax(double[] logits, double temperature) {
    double sum = Arrays.stream(logits).map(logit -> Math.exp(logit / temperature)).sum();
    return Arrays.stream(logits).map(logit -> Math.exp(logit / temperature) / sum).toArray();
  }

  static double kl(double[] p, double[] q) {
    return IntStream.range(0, p.length)
        .filter(i -> p[i] > 0)
        .mapToDouble(i -> p[i] * Math.log(p[i] / q[i]))
        .sum();
  }

  private static double pearson(double[] a, double[] b) {
    double[] x = centred(a);
    double[] y = centred(b);
    return dot(x, y) / Math.sqrt((dot(x, x) + 1e-8) * (dot(y, y) + 1e-8));
  }

  private static double[] centred(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Arrays.stream(values).map(value -> value - mean).toArray();
  }

  private static double[] minus(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] - b[i]).toArray();
  }

  private static double dot(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }

  private static double[] without(int index, double[] values) {
    return IntStream.range(0, values.length)
        .filter(i -> i != index)
        .mapToDouble(i -> values[i])
        .toArray();
  }

  static double[] doubles(float[] values) {
    double[] result = new double[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = values[i];
    }
    return result;
  }
}
