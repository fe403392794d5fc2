package io.sparkdistill.objective;

/**
 * The teacher's distribution at a temperature: Hinton, Vinyals and Dean, "Distilling the Knowledge
 * in a Neural Network" (2015), section 2. For a row with student logits z and teacher logits v,
 *
 * <pre>
 * loss = T² KL(softmax(v / T) ‖ softmax(z / T))
 * dloss/dz = T (softmax(z / T) − softmax(v / T))
 * </pre>
 *
 * <p>T² keeps the gradient's size when T changes. The paper found T from 2.5 to 20 useful, and a
 * considerably lower weight on the labels. Of drawn classes, the counts are an estimate of the
 * teacher's distribution with which the gradient is unbiased.
 */
public record Hinton() implements RowLoss {
  @Override
  public void row(Batch batch, int row) {
    int z = batch.student(row);
    int v = batch.teacher(row);
    double temperature = batch.temperatures[row];
    double weight = batch.weights[row];
    double student = Softmax.logSum(batch.logits, z, batch.classes, temperature);
    double teacher = Softmax.logSum(batch.targets, v, batch.classes, temperature);
    double kl = 0;
    for (int i = 0; i < batch.classes; i++) {
      double logQ = batch.logits[z + i] / temperature - student;
      double logP = batch.targets[v + i] / temperature - teacher;
      double p = Math.exp(logP);
      kl += p * (logP - logQ);
      batch.gradient[z + i] += (float) (weight * temperature * (Math.exp(logQ) - p));
    }
    batch.scores[row] += weight * temperature * temperature * kl;
  }
}
