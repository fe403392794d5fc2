package io.sparkdistill.objective;

import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Another loss of standardised logits: Sun and others, "Logit Standardization in Knowledge
 * Distillation" (CVPR 2024), algorithm 1. With mean μ and standard deviation σ of a row's C logits,
 *
 * <pre>
 * z' = (z − μ) / σ
 * dloss/dz = (g − mean(g) − z' mean(g z')) / σ   with g = dloss/dz'
 * </pre>
 *
 * <p>for the student and the teacher alike, so that the student need not match how far the
 * teacher's logits are apart. σ is √(variance + 10⁻⁴) here and σ + 10⁻⁷ in the paper: logits that
 * are nearly equal would have gradients of any size. The temperature divides z', of which the
 * standard deviation is 1: the paper has T = 2, and the soft loss of {@link Hinton} with 90 times
 * the weight of the labels, T² included as here, which is {@code softWeight} 0.989.
 *
 * @param of what is computed of the standardised logits
 */
public record Standardised(@JsonProperty("of") SoftLoss of) implements SoftLoss {
  private static final double LEAST = 1e-4;

  @Override
  public void add(Batch batch) {
    int classes = batch.classes;
    Batch inner = batch.inner();
    inner.make(batch.rows, classes);
    for (int row = 0; row < batch.rows; row++) {
      int label = 2 * row * classes;
      System.arraycopy(batch.targets, label, inner.targets, label, classes);
      standardise(batch.targets, batch.teacher(row), classes, inner.targets);
      standardise(batch.logits, batch.student(row), classes, inner.logits);
      inner.temperatures[row] = batch.temperatures[row];
      inner.weights[row] = batch.weights[row];
    }
    of.add(inner);
    for (int row = 0; row < batch.rows; row++) {
      batch.scores[row] += inner.scores[row];
      addGradient(batch, inner, batch.student(row));
    }
  }

  private static void addGradient(Batch batch, Batch inner, int z) {
    int classes = batch.classes;
    double mean = 0;
    double along = 0;
    for (int i = z; i < z + classes; i++) {
      mean += inner.gradient[i];
      along += (double) inner.gradient[i] * inner.logits[i];
    }
    mean /= classes;
    along /= classes;
    double deviation = deviation(batch.logits, z, classes);
    for (int i = z; i < z + classes; i++) {
      batch.gradient[i] +=
          (float) ((inner.gradient[i] - mean - inner.logits[i] * along) / deviation);
    }
  }

  private static void standardise(float[] from, int offset, int count, float[] to) {
    double mean = Softmax.mean(from, offset, count);
    double deviation = deviation(from, offset, count);
    for (int i = offset; i < offset + count; i++) {
      to[i] = (float) ((from[i] - mean) / deviation);
    }
  }

  private static double deviation(float[] values, int offset, int count) {
    double mean = Softmax.mean(values, offset, count);
    double squares = 0;
    for (int i = offset; i < offset + count; i++) {
      squares += (values[i] - mean) * (values[i] - mean);
    }
    return Math.sqrt(squares / count + LEAST);
  }
}
