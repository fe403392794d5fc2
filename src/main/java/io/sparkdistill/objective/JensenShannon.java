package io.sparkdistill.objective;

/**
 * Divergence of Jensen and Shannon at a temperature: Lin, "Divergence Measures Based on the Shannon
 * Entropy" (1991), equation 3.1, times T². With p = softmax(v / T), q = softmax(z / T) and m their
 * mean,
 *
 * <pre>
 * loss = T² (KL(p ‖ m) + KL(q ‖ m)) / 2
 * dloss/dz = T q (log(q / m) − KL(q ‖ m)) / 2
 * </pre>
 *
 * <p>At most T² log 2, however wrong the student is, so that rows which the teacher and the student
 * see quite differently do not rule the others; near the teacher a quarter of {@link Hinton}, so it
 * takes four times the weight for the same step. Agarwal and others, "On-Policy Distillation of
 * Language Models" (2024), use its weighted form at T = 1. The temperatures that suit {@link
 * Hinton} are the ones to begin with. Counts of drawn classes give a biased estimate.
 */
public record JensenShannon() implements RowLoss {
  private static final double LOG_2 = Math.log(2);

  @Override
  public void row(Batch batch, int row) {
    int z = batch.student(row);
    int v = batch.teacher(row);
    double temperature = batch.temperatures[row];
    double student = Softmax.logSum(batch.logits, z, batch.classes, temperature);
    double teacher = Softmax.logSum(batch.targets, v, batch.classes, temperature);
    double ofTeacher = 0;
    double ofStudent = 0;
    for (int i = 0; i < batch.classes; i++) {
      double logQ = batch.logits[z + i] / temperature - student;
      double logP = batch.targets[v + i] / temperature - teacher;
      double logM = logMean(logP, logQ);
      ofTeacher += Math.exp(logP) * (logP - logM);
      ofStudent += Math.exp(logQ) * (logQ - logM);
    }
    double scale = batch.weights[row] * temperature / 2;
    for (int i = 0; i < batch.classes; i++) {
      double logQ = batch.logits[z + i] / temperature - student;
      double logP = batch.targets[v + i] / temperature - teacher;
      batch.gradient[z + i] +=
          (float) (scale * Math.exp(logQ) * (logQ - logMean(logP, logQ) - ofStudent));
    }
    batch.scores[row] += scale * temperature * (ofTeacher + ofStudent);
  }

  private static double logMean(double a, double b) {
    return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b))) - LOG_2;
  }
}
