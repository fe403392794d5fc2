package io.sparkdistill.objective;

import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Decoupled distillation, DKD: Zhao and others, "Decoupled Knowledge Distillation" (2022), equation
 * 7. At the temperature T, p and q are the teacher's and the student's probability of the label,
 * and p̂ and q̂ the distributions over all other classes, each with the sum 1:
 *
 * <pre>
 * loss = T² (α (p log(p / q) + (1 − p) log((1 − p) / (1 − q))) + β KL(p̂ ‖ q̂))
 * dloss/dz = α T (q − p)                            for the label
 *          = T (β (q̂ − p̂) − α (q − p) q̂)          for another class
 * </pre>
 *
 * <p>{@link Hinton} is the same with α = 1 and β = 1 − p, which gives little weight to what a sure
 * teacher says about other classes. The paper has α = 1 throughout, and T = 4 with β from 1 to 10,
 * mostly 8, on CIFAR-100, T = 1 and β = 0.5 on ImageNet, beside cross-entropy of weight 1, which is
 * as here with {@code softWeight = 0.5}. It raises the soft loss from 0 in the first 20 of 240
 * epochs. Where 1 − p is 0 in double precision, the teacher has said nothing about other classes,
 * and p̂ is left out; so it is where all draws of a row are of its label.
 *
 * @param alpha weight of the label's probability, 0 or more
 * @param beta weight of the distribution over other classes, 0 or more
 */
public record Decoupled(@JsonProperty("alpha") double alpha, @JsonProperty("beta") double beta)
    implements RowLoss {
  @Override
  public void row(Batch batch, int row) {
    int z = batch.student(row);
    int v = batch.teacher(row);
    int classes = batch.classes;
    int label = batch.label(row);
    double temperature = batch.temperatures[row];
    double studentOthers = Softmax.logSumWithout(label, batch.logits, z, classes, temperature);
    double teacherOthers = Softmax.logSumWithout(label, batch.targets, v, classes, temperature);
    double student = batch.logits[z + label] / temperature - studentOthers;
    double teacher = batch.targets[v + label] / temperature - teacherOthers;
    double p = Math.exp(-softPlus(-teacher));
    double others = Math.exp(-softPlus(teacher));
    double q = Math.exp(-softPlus(-student));
    double target =
        p * (softPlus(-student) - softPlus(-teacher))
            + others * (softPlus(student) - softPlus(teacher));
    double scale = batch.weights[row] * temperature;
    double betaHere = others > 0 ? beta : 0;
    double kl = 0;
    for (int i = 0; i < classes; i++) {
      if (i == label) {
        batch.gradient[z + i] += (float) (scale * alpha * (q - p));
      } else {
        double logQ = batch.logits[z + i] / temperature - studentOthers;
        double logP = batch.targets[v + i] / temperature - teacherOthers;
        double pHat = Math.exp(logP);
        double qHat = Math.exp(logQ);
        kl += pHat * (logP - logQ);
        batch.gradient[z + i] +=
            (float) (scale * (betaHere * (qHat - pHat) - alpha * (q - p) * qHat));
      }
    }
    batch.scores[row] += scale * temperature * (alpha * target + betaHere * kl);
  }

  /** log(1 + exp(x)). */
  private static double softPlus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }
}
