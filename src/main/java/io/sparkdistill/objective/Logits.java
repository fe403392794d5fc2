package io.sparkdistill.objective;

/**
 * Squared difference of logits: Ba and Caruana, "Do Deep Nets Really Need to be Deep?" (2014),
 * section 2.2. With z and v less their means over the C classes, as caches keep logits up to a
 * constant,
 *
 * <pre>
 * loss = Σ (z − v)² / 2C
 * dloss/dz = (z − v) / C
 * </pre>
 *
 * <p>This is what {@link Hinton} tends to as T grows (Hinton and others, 2015, section 2.1). There
 * is no temperature. Kim and others, "Comparing Kullback-Leibler Divergence and Mean Squared Error
 * Loss in Knowledge Distillation" (2021), found it better than any T, with the teacher alone. It is
 * the loss for a teacher whose answers are numbers or a vector, and not classes, up to a constant.
 */
public record Logits() implements RowLoss {
  @Override
  public void row(Batch batch, int row) {
    int z = batch.student(row);
    int v = batch.teacher(row);
    int classes = batch.classes;
    double weight = batch.weights[row];
    double shift = Softmax.mean(batch.logits, z, classes) - Softmax.mean(batch.targets, v, classes);
    double squares = 0;
    for (int i = 0; i < classes; i++) {
      double difference = (double) batch.logits[z + i] - batch.targets[v + i] - shift;
      squares += difference * difference;
      batch.gradient[z + i] += (float) (weight * difference / classes);
    }
    batch.scores[row] += weight * squares / (2 * classes);
  }
}
