package io.sparkdistill.objective;

/** Computes one objective. It takes memory for the first batch, and for larger ones. */
final class ObjectiveEvaluator implements Evaluator {
  private final Objective objective;
  private final double[] classWeights;
  private final Batch batch = new Batch();
  private double soft;
  private double hard;
  private double softSquares;
  private double hardSquares;
  private long seen;

  ObjectiveEvaluator(Objective objective) {
    this.objective = objective;
    this.classWeights =
        objective.classWeights().stream().mapToDouble(Double::doubleValue).toArray();
  }

  @Override
  public double evaluate(
      float[] targets, float[] logits, int rows, int classes, int step, float[] gradient) {
    batch.take(targets, logits, rows, classes, gradient);
    objective
        .adaptation()
        .apply(batch, objective.temperature().at(step), objective.softWeight().at(step));
    weigh();
    objective.soft().add(batch);
    for (int i = 0; i < rows * classes; i++) {
      softSquares += (double) gradient[i] * gradient[i];
    }
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      double score = batch.scores[row];
      soft += score;
      if (batch.labelWeights[row] > 0) {
        addLabel(row);
      }
      hard += batch.scores[row] - score;
      sum += batch.scores[row];
    }
    seen += rows;
    return sum;
  }

  @Override
  public Terms terms() {
    Terms terms = new Terms(soft, hard, softSquares, hardSquares, seen);
    soft = 0;
    hard = 0;
    softSquares = 0;
    hardSquares = 0;
    seen = 0;
    return terms;
  }

  @Override
  public double score(int row) {
    return batch.scores[row];
  }

  /** Of the shares of a row's loss, which its weight and its class's make its part of the sum. */
  private void weigh() {
    for (int row = 0; row < batch.rows; row++) {
      double weight = batch.weight(row);
      int label = batch.label(row);
      batch.labelWeights[row] =
          label < batch.classes ? weight * ofClass(label) * (1 - batch.weights[row]) : 0;
      batch.weights[row] *= weight;
    }
  }

  private double ofClass(int label) {
    return classWeights.length == 0 ? 1 : classWeights[label];
  }

  private void addLabel(int row) {
    int z = batch.student(row);
    int y = batch.label(row);
    double weight = batch.labelWeights[row];
    double student = Softmax.logSum(batch.logits, z, batch.classes, 1);
    double loss = batch.scores[row];
    for (int i = 0; i < batch.classes; i++) {
      double logQ = batch.logits[z + i] - student;
      double label = i == y ? 1 : 0;
      loss -= weight * label * logQ;
      double slope = weight * (Math.exp(logQ) - label);
      hardSquares += slope * slope;
      batch.gradient[z + i] += (float) slope;
    }
    batch.scores[row] = loss;
  }
}
