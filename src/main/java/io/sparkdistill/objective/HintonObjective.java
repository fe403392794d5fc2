package io.sparkdistill.objective;

/**
 * Distillation by soft targets: Hinton, Vinyals and Dean, "Distilling the Knowledge in a Neural
 * Network" (2015), section 2. For a row with student logits z, teacher logits v and label y,
 *
 * <pre>
 * loss = w T² KL(softmax(v / T) ‖ softmax(z / T)) − (1 − w) log softmax(z)[y]
 * dloss/dz = w T (softmax(z / T) − softmax(v / T)) + (1 − w) (softmax(z) − onehot(y))
 * </pre>
 *
 * <p>T² keeps the soft gradient's size when T changes. The paper found T from 2.5 to 20 useful, and
 * a considerably lower weight on the hard loss. Logits may be of any finite size. Stateless and
 * thread-safe; double precision throughout.
 *
 * @param temperature T, greater than 0
 * @param softWeight w, 0 to 1
 */
public record HintonObjective(double temperature, double softWeight) implements RowLoss {
  @Override
  public double row(float[] targets, float[] logits, int row, int classes, float[] gradient) {
    int z = row * classes;
    int y = row * 2 * classes;
    int v = y + classes;
    double loss = 0;
    for (int i = 0; i < classes; i++) {
      gradient[z + i] = 0;
    }
    if (softWeight > 0) {
      double student = logSumExp(logits, z, classes, temperature);
      double teacher = logSumExp(targets, v, classes, temperature);
      double kl = 0;
      for (int i = 0; i < classes; i++) {
        double logQ = logits[z + i] / temperature - student;
        double logP = targets[v + i] / temperature - teacher;
        double p = Math.exp(logP);
        kl += p * (logP - logQ);
        gradient[z + i] += (float) (softWeight * temperature * (Math.exp(logQ) - p));
      }
      loss += softWeight * temperature * temperature * kl;
    }
    if (softWeight < 1) {
      double student = logSumExp(logits, z, classes, 1);
      double hardWeight = 1 - softWeight;
      for (int i = 0; i < classes; i++) {
        double logQ = logits[z + i] - student;
        loss -= hardWeight * targets[y + i] * logQ;
        gradient[z + i] += (float) (hardWeight * (Math.exp(logQ) - targets[y + i]));
      }
    }
    return loss;
  }

  private static double logSumExp(float[] values, int offset, int count, double temperature) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      max = Math.max(max, values[offset + i] / temperature);
    }
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += Math.exp(values[offset + i] / temperature - max);
    }
    return max + Math.log(sum);
  }
}
