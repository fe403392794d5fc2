package io.sparkdistill.objective;

/**
 * What label smoothing adds to the labels: Szegedy and others, "Rethinking the Inception
 * Architecture for Computer Vision" (2016), section 7. The teacher is not asked.
 *
 * <pre>
 * loss = − Σ log softmax(z) / C
 * dloss/dz = softmax(z) − 1 / C
 * </pre>
 *
 * <p>With the weight ε, beside cross-entropy with the label of the weight 1 − ε, that is
 * cross-entropy with labels of which ε is spread over all classes. The paper has ε = 0.1. It is the
 * control for distillation: what a student gains by it, it does not owe to the teacher.
 */
public record Uniform() implements RowLoss {
  @Override
  public void row(Batch batch, int row) {
    int z = batch.student(row);
    double weight = batch.weights[row];
    double student = Softmax.logSum(batch.logits, z, batch.classes, 1);
    double share = 1.0 / batch.classes;
    double loss = 0;
    for (int i = 0; i < batch.classes; i++) {
      double logQ = batch.logits[z + i] - student;
      loss -= share * logQ;
      batch.gradient[z + i] += (float) (weight * (Math.exp(logQ) - share));
    }
    batch.scores[row] += weight * loss;
  }
}
