package io.sparkdistill.objective;

/**
 * The angle between the student's answer and the teacher's, as vectors: cosine distance, as
 * Sentence-BERT's and DistilBERT's students learn it (Sanh and others, "DistilBERT", 2019, section
 * 3). With z and v less their means over the C numbers, as caches keep them up to a constant,
 *
 * <pre>
 * loss = 1 − z·v / (|z| |v|)
 * dloss/dz = (cos z / |z| − v / |v|) / |z|
 * </pre>
 *
 * <p>where |x| is √(Σ x² + 10⁻⁴), so that answers without direction have a gradient of at most 100.
 * The length of the answer is free; there is no temperature. For a teacher whose answers are a
 * vector, alone; for classes, the labels must say how sure the student shall be.
 */
public record Cosine() implements RowLoss {
  private static final double LEAST = 1e-4;

  @Override
  public void row(Batch batch, int row) {
    int z = batch.student(row);
    int v = batch.teacher(row);
    int classes = batch.classes;
    double meanZ = Softmax.mean(batch.logits, z, classes);
    double meanV = Softmax.mean(batch.targets, v, classes);
    double product = 0;
    double squaresZ = LEAST;
    double squaresV = LEAST;
    for (int i = 0; i < classes; i++) {
      double x = batch.logits[z + i] - meanZ;
      double y = batch.targets[v + i] - meanV;
      product += x * y;
      squaresZ += x * x;
      squaresV += y * y;
    }
    double lengthZ = Math.sqrt(squaresZ);
    double lengthV = Math.sqrt(squaresV);
    double cosine = product / lengthZ / lengthV;
    double weight = batch.weights[row];
    for (int i = 0; i < classes; i++) {
      double x = (batch.logits[z + i] - meanZ) / lengthZ;
      double y = (batch.targets[v + i] - meanV) / lengthV;
      batch.gradient[z + i] += (float) (weight * (cosine * x - y) / lengthZ);
    }
    batch.scores[row] += weight * (1 - cosine);
  }
}
